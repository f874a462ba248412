namespace NetGen.Tests;

/// <summary>Six steps are the fewest of which the second filter sees three of the first one's outputs.</summary>
[Network]
[Input(Dim.Any, 2)]
[Conv1D(3, 4, Activation = Activation.Tanh), Conv1D(2, 3, Strides = 2)]
[GlobalAveragePooling1D, Dense(1)]
public partial class Filtered;

/// <summary>Filters take steps away: a time of which nothing would be left is refused before anything is computed.</summary>
public sealed class LeastTimeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Too_few_steps_are_told(int time)
    {
        Filtered model = new(seed: 3);
        float[] x = new float[2 * time * 2], y = new float[2];
        string message = $"the input 'input' has {time} time steps; its layers need at least 6";
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.Predict(x, y, samples: 2)).Message, StringComparison.Ordinal);

        Trainer<Filtered> trainer = new(model) { Loss = Loss.MeanSquaredError() };
        Dataset data = Dataset.FromArrays(x, [time, 2], y);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => trainer.Fit(data)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(33)]
    public void Enough_steps_predict_and_train(int time)
    {
        Filtered model = new(seed: 3);
        float[] x = [.. Enumerable.Range(0, 5 * time * 2).Select(i => MathF.Sin(i))], y = new float[5];
        Trainer<Filtered> trainer = new(model) { Loss = Loss.MeanSquaredError(), Optimizer = new SGD(0.05) };
        Dataset data = Dataset.FromArrays(x, [time, 2], [1f, 2, 3, 4, 5]);
        double before = trainer.Evaluate(data)["loss"];
        trainer.Fit(data, epochs: 20, batchSize: 2, shuffle: false);
        Assert.True(trainer.Evaluate(data)["loss"] < before);
        model.Predict(x, y, samples: 5, threads: 2);
        Assert.All(y, v => Assert.True(float.IsFinite(v)));
    }
}
