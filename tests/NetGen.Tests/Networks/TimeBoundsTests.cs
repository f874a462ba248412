namespace NetGen.Tests;

/// <summary>Six steps are the fewest of which the second filter sees three of the first one's outputs.</summary>
[Network]
[Input(Dim.Any, 2)]
[Conv1D(3, 4, Activation = Activation.Tanh), Conv1D(2, 3, Strides = 2)]
[GlobalAveragePooling1D, Dense(1)]
public partial class Filtered;

/// <summary>There are ten positions, and the part behind the first four steps needs three more.</summary>
[Network]
[Input(Dim.Any, 2)]
[PositionEmbedding(10, Name = "positions"), Add("input", "positions")]
[Ops.Slice(Starts = [4, 0], Ends = [7, 2])]
[Flatten, Dense(1)]
public partial class Positioned;

/// <summary>The last three steps.</summary>
[Network]
[Input(Dim.Any, 2)]
[Ops.Slice(Starts = [-3, 0], Ends = [int.MaxValue, 2])]
[Flatten, Dense(1)]
public partial class LastThree;

/// <summary>
/// Filters take steps away, slices need theirs, and tables of positions end: a time for which there would be nothing, or only what lies beyond an end, is refused before anything is computed.
/// </summary>
public sealed class TimeBoundsTests
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
    [InlineData(6, "has 6 time steps; its layers need at least 7 to leave anything")]
    [InlineData(11, "has 11 time steps; its layers take at most 10")]
    public void A_time_beyond_a_slice_or_a_table_is_told(int time, string message)
    {
        Positioned model = new(seed: 3);
        float[] x = new float[2 * time * 2], y = new float[2];
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => model.Predict(x, y, samples: 2)).Message, StringComparison.Ordinal);

        Trainer<Positioned> trainer = new(model) { Loss = Loss.MeanSquaredError() };
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(x, [time, 2], y))).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => trainer.TrainOnBatch(x, y, samples: 2)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Fewer_steps_than_the_last_ones_are_told(int time) =>
        Assert.Contains(
            $"has {time} time steps; its layers need at least 3", Assert.Throws<ArgumentException>(() => new LastThree().Predict(new float[time * 2], new float[1], samples: 1)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void Slices_of_a_time_are_the_steps_that_they_name(int time)
    {
        Positioned model = new(seed: 3);
        float[] x = [.. Enumerable.Range(0, time * 2).Select(i => MathF.Sin(i))], y = new float[1], last = new float[1];
        model.Predict(x, y, samples: 1);
        float[] positions = model.GetWeights("positions/position_embeddings"), kernel = model.GetWeights("dense/kernel");
        Assert.Equal(Enumerable.Range(0, 6).Sum(i => (x[8 + i] + positions[8 + i]) * kernel[i]), y[0], 1e-5);

        LastThree end = new(seed: 3);
        end.Predict(x, last, samples: 1);
        kernel = end.GetWeights("dense/kernel");
        Assert.Equal(Enumerable.Range(0, 6).Sum(i => x[(time * 2) - 6 + i] * kernel[i]), last[0], 1e-5);
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
