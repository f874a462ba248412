namespace NetGen.Tests;

[Network]
[Input(Dim.Any, 3)]
[LSTM(5), Dense(2)]
public partial class Unequal;

[Network]
[Input(Dim.Any, 3, Name = "source"), LSTM(4, ReturnState = true, Name = "encoder")]
[Input(Dim.Any, 2, Name = "target"), LSTM(4, ReturnSequences = true, InitialState = "encoder"), Dense(2)]
public partial class UnequalPair;

/// <summary>Inference on sequences of unequal lengths, as a user calls it.</summary>
public sealed class LengthsTests
{
    private const int Time = 6;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(150, 1)]
    [InlineData(150, 2)]
    public void A_padded_sample_gives_what_it_gives_alone(int samples, int threads)
    {
        Unequal model = new(seed: 4);
        int[] lengths = [.. Enumerable.Range(0, samples).Select(i => (i + 5) % (Time + 1))];
        float[] x = Numbers(samples * Time * 3), y = new float[samples * 2], alone = new float[2];
        model.Predict(x, lengths, y, threads);
        for (int i = 0; i < samples; i++)
        {
            // Of no step at all the state is zero, whatever stands there.
            ReadOnlySpan<float> own = x.AsSpan(i * Time * 3, lengths[i] * 3);
            if (own.Length > 0)
            {
                model.Predict(own, alone, samples: 1);
            }
            else
            {
                model.GetWeights("dense/bias", alone);
            }

            for (int k = 0; k < 2; k++)
            {
                Assert.Equal(alone[k], y[(2 * i) + k], 1e-6f);
            }
        }
    }

    [Fact]
    public void Full_lengths_are_none()
    {
        Unequal model = new(seed: 4);
        float[] x = Numbers(3 * Time * 3), with = new float[6], without = new float[6];
        model.Predict(x, [Time, Time, Time], with);
        model.Predict(x, without, samples: 3);
        Assert.Equal(without, with);
    }

    [Fact]
    public void Two_times_have_two_lengths()
    {
        UnequalPair model = new(seed: 4);
        float[] source = Numbers(2 * 4 * 3), target = Numbers(2 * 3 * 2), y = new float[2 * 3 * 2], alone = new float[2 * 2];
        model.Predict(source, [2, 4], target, [3, 2], y);
        model.Predict(source.AsSpan(0, 2 * 3), target.AsSpan(0, 2 * 2), alone, samples: 1);
        for (int i = 0; i < alone.Length; i++)
        {
            Assert.Equal(alone[i], y[i], 1e-6f);
        }
    }

    [Fact]
    public void Lengths_that_cannot_be_are_named()
    {
        Unequal model = new();
        float[] x = new float[2 * Time * 3], y = new float[4];
        Assert.Contains("the length of sample 1 of the input 'input' is 7; it must be between 0 and its time, 6", Message(() => model.Predict(x, [1, 7], y)), StringComparison.Ordinal);
        Assert.Contains("the length of sample 0 of the input 'input' is -1", Message(() => model.Predict(x, [-1, 2], y)), StringComparison.Ordinal);
        Assert.Contains("for 4 samples; the span has 4", Message(() => model.Predict(x, [1, 2, 3, 1], y)), StringComparison.Ordinal);
        Assert.Contains("for 0 samples", Message(() => model.Predict(x, [], y)), StringComparison.Ordinal);
        UnequalPair pair = new();
        Assert.Contains("there are 1 lengths for the input 'target' and 2 samples", Message(() => pair.Predict(new float[6], [1, 1], new float[4], [1], new float[4])), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_allocated_once_warm()
    {
        Unequal model = new(seed: 4);
        float[] x = Numbers(4 * Time * 3), y = new float[8];
        int[] lengths = [3, 6, 1, 2];
        Assert.Equal(0, Allocations.Of(() =>
        {
            model.Predict(x, lengths, y);
            model.Predict(x, y, samples: 4);
        }));
    }

    [Fact]
    public void It_trains_where_no_lengths_are_given()
    {
        Unequal model = new(seed: 4);
        Trainer<Unequal> trainer = new(model) { Optimizer = new Adam(0.01), Loss = Loss.MeanSquaredError() };
        float[] x = Numbers(5 * Time * 3), y = Numbers(10);
        Dataset data = Dataset.FromArrays(x, [Time, 3], y, [2]);
        History history = trainer.Fit(data, epochs: 30, batchSize: 5);
        Assert.True(history["loss"][^1] < 0.7 * history["loss"][0]);
    }

    private static string Message(Action call) => Assert.Throws<ArgumentException>(call).Message;

    private static float[] Numbers(int count)
    {
        float[] x = new float[count];
        Philox.FillUniform(x, seed: 12, stream: 1, step: 0);
        return [.. x.Select(v => (2 * v) - 1)];
    }
}
