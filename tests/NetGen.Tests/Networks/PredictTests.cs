namespace NetGen.Tests;

[Network]
[Input(20)]
[Dense(48, Activation = Activation.ReLU), Dense(70, Activation = Activation.Tanh)]
[Dense(5, Activation = Activation.Softmax)]
public partial class Stepwise;

[Network]
[Input(6)]
[Dense(12, Activation = Activation.Tanh)]
[Dense(1)]
public partial class Whole;

[Network]
[Input(4, Name = "left")]
[Dense(3, Name = "a")]
[Input(2, Name = "right")]
[Dense(3, Name = "b")]
[Add("a", "b", Name = "sum"), Dense(2, Name = "y"), Softmax(From = "sum", Name = "p")]
[Output("y"), Output("p")]
public partial class TwoByTwo;

/// <summary>Inference as a user calls it.</summary>
public sealed class PredictTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(64)]
    [InlineData(257)]
    public void A_batch_gives_what_its_samples_give_alone(int samples)
    {
        Stepwise model = new(seed: 5);
        float[] x = Samples(samples * Stepwise.InputSize);
        float[] y = new float[samples * Stepwise.OutputSize];
        model.Predict(x, y);
        float[] one = new float[Stepwise.OutputSize];
        for (int i = 0; i < samples; i++)
        {
            model.Predict(x.AsSpan(i * Stepwise.InputSize, Stepwise.InputSize), one);
            Assert.Equal(one, y.AsSpan(i * Stepwise.OutputSize, Stepwise.OutputSize).ToArray());
        }
    }

    [Fact]
    public void Probabilities_sum_to_one_and_follow_the_definition()
    {
        Stepwise model = new(seed: 5);
        float[] x = Samples(Stepwise.InputSize);
        float[] y = new float[Stepwise.OutputSize];
        model.Predict(x, y);
        double[] expected = Dense(Dense(Dense([.. x.Select(v => (double)v)], model, "dense", v => Math.Max(v, 0)), model, "dense_1", Math.Tanh), model, "dense_2", Math.Exp);
        double sum = expected.Sum();
        for (int i = 0; i < y.Length; i++)
        {
            Assert.Equal(expected[i] / sum, y[i], 1e-5);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(100)]
    public void Threads_do_not_change_a_bit(int samples)
    {
        Stepwise model = new(seed: 6);
        Whole whole = new(seed: 6);
        float[] x = Samples(samples * Stepwise.InputSize);
        float[] one = new float[samples * Stepwise.OutputSize], two = new float[samples * Stepwise.OutputSize];
        model.Predict(x, one);
        model.Predict(x, two, threads: 2);
        Assert.Equal(one, two);
        float[] wholeX = Samples(samples * Whole.InputSize);
        float[] wholeOne = new float[samples], wholeTwo = new float[samples];
        whole.Predict(wholeX, wholeOne);
        whole.Predict(wholeX, wholeTwo, threads: 2);
        Assert.Equal(wholeOne, wholeTwo);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 1)]
    [InlineData(64, 2)]
    public void Nothing_is_allocated_once_warm(int samples, int threads)
    {
        Stepwise model = new(seed: 7);
        Whole whole = new(seed: 7);
        float[] x = Samples(samples * Stepwise.InputSize), y = new float[samples * Stepwise.OutputSize];
        float[] wholeX = Samples(samples * Whole.InputSize), wholeY = new float[samples];
        Assert.Equal(0, Allocations.Of(() =>
        {
            model.Predict(x, y, threads);
            whole.Predict(wholeX, wholeY, threads);
        }));
    }

    [Fact]
    public void Many_threads_may_call_at_once()
    {
        Stepwise model = new(seed: 8);
        float[] x = Samples(33 * Stepwise.InputSize), expected = new float[33 * Stepwise.OutputSize];
        model.Predict(x, expected);
        Parallel.For(0, 64, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            float[] y = new float[expected.Length];
            for (int k = 0; k < 50; k++)
            {
                model.Predict(x, y, threads: 1 + (i % 2));
                Assert.Equal(expected, y);
            }
        });
    }

    [Fact]
    public void A_change_of_the_weights_shows_in_the_next_call()
    {
        Whole model = new(seed: 9);
        float[] x = Samples(Whole.InputSize), y = new float[1];
        model.SetWeights("dense_1/kernel", new float[12]);
        model.SetWeights("dense_1/bias", [3.5f]);
        model.Predict(x, y);
        Assert.Equal(3.5f, y[0]);
        model.SetWeights("dense_1/bias", [-2]);
        model.Predict(x, y);
        Assert.Equal(-2, y[0]);
    }

    [Fact]
    public void Spans_of_a_wrong_length_are_named()
    {
        Stepwise model = new();
        ArgumentException input = Assert.Throws<ArgumentException>(() => model.Predict(new float[21], new float[5]));
        Assert.Contains("'input' takes 20 elements a sample", input.Message, StringComparison.Ordinal);
        ArgumentException output = Assert.Throws<ArgumentException>(() => model.Predict(new float[40], new float[5]));
        Assert.Contains("takes 5 elements a sample, so 10 for 2 samples; the span has 5", output.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new Whole().Predict(new float[6], new float[2]));
        model.Predict([], []);
    }

    [Fact]
    public void Several_inputs_and_outputs()
    {
        TwoByTwo model = new(seed: 3);
        float[] left = Samples(8), right = Samples(4), y = new float[4], p = new float[6];
        model.Predict(left, right, y, p);
        for (int i = 0; i < 2; i++)
        {
            double[] a = Dense([.. left.Skip(4 * i).Take(4).Select(v => (double)v)], model, "a", v => v);
            double[] b = Dense([.. right.Skip(2 * i).Take(2).Select(v => (double)v)], model, "b", v => v);
            double[] sum = [.. a.Zip(b, (u, v) => u + v)];
            double[] expected = Dense(sum, model, "y", v => v);
            double total = sum.Sum(Math.Exp);
            for (int k = 0; k < 2; k++)
            {
                Assert.Equal(expected[k], y[(2 * i) + k], 1e-5);
            }

            for (int k = 0; k < 3; k++)
            {
                Assert.Equal(Math.Exp(sum[k]) / total, p[(3 * i) + k], 1e-5);
            }
        }
    }

    private static float[] Samples(int count)
    {
        float[] x = new float[count];
        Philox.FillUniform(x, seed: 11, stream: 1, step: 0);
        return [.. x.Select(v => (2 * v) - 1)];
    }

    private static double[] Dense(double[] x, Network model, string layer, Func<double, double> activation)
    {
        float[] kernel = model.GetWeights(layer + "/kernel"), bias = model.GetWeights(layer + "/bias");
        return [.. bias.Select((b, j) => activation(b + x.Select((v, i) => v * kernel[(i * bias.Length) + j]).Sum()))];
    }
}

[Network(Training = false)]
[Input(24, 24, 3)]
[Conv2D(20, 3, Padding = Padding.Same, Activation = Activation.ReLU), Conv2D(24, 3, Strides = 2)]
[Flatten, Dense(7, Activation = Activation.Softmax)]
public partial class Sizeable;

[Network]
[Input(12, 12, 32)]
[Conv2D(32, 3, Padding = Padding.Same, Activation = Activation.ReLU), Conv2D(32, 3, Padding = Padding.Same)]
[Flatten, Dense(3)]
public partial class Scratchy;

/// <summary>Fewer samples than threads: the parts go through the network together.</summary>
public sealed class SharedPredictTests
{
    [Theory]
    [InlineData(1, 2)]
    [InlineData(1, 3)]
    [InlineData(2, 3)]
    public void Threads_share_a_sample_without_changing_a_bit(int samples, int threads)
    {
        Sizeable model = new(seed: 3);
        float[] x = new float[samples * Sizeable.InputSize];
        Philox.FillUniform(x, seed: 11, stream: 1, step: 0);
        float[] alone = new float[samples * Sizeable.OutputSize], shared = new float[alone.Length];
        model.Predict(x, alone);
        for (int i = 0; i < 20; i++)
        {
            shared.AsSpan().Clear();
            model.Predict(x, shared, threads);
            Assert.Equal(alone, shared);
        }
    }

    /// <summary>Every part has scratch memory of its own; there are no more parts than the team has threads, whatever is asked for.</summary>
    [Fact]
    public void More_threads_than_there_are_cost_no_memory()
    {
        Scratchy model = new(seed: 3);
        float[] x = new float[Scratchy.InputSize];
        Philox.FillUniform(x, seed: 11, stream: 1, step: 0);
        float[] alone = new float[Scratchy.OutputSize], shared = new float[alone.Length];
        model.Predict(x, alone);
        model.Predict(x, shared, threads: int.MaxValue);
        Assert.Equal(alone, shared);
        Trainer<Scratchy> trainer = new(model) { Optimizer = new Adam(1e-3), Loss = Loss.MeanSquaredError(), Threads = int.MaxValue };
        Assert.True(double.IsFinite(trainer.TrainOnBatch(x, alone)));
    }

    [Fact]
    public void Many_callers_share_what_is_free()
    {
        Sizeable model = new(seed: 3);
        float[] x = new float[Sizeable.InputSize];
        Philox.FillUniform(x, seed: 11, stream: 1, step: 0);
        float[] alone = new float[Sizeable.OutputSize];
        model.Predict(x, alone);
        Parallel.For(0, 8, _ =>
        {
            float[] y = new float[alone.Length];
            for (int i = 0; i < 20; i++)
            {
                model.Predict(x, y, threads: 2);
                Assert.Equal(alone, y);
            }
        });
    }
}
