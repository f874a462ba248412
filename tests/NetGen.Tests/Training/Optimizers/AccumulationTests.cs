namespace NetGen.Tests.Training;

public sealed class AccumulationTests
{
    private static readonly Dataset Data = ToyData.Blobs(96, 4, 3);

    /// <summary>Of equal batches the mean of the means is the mean; the sums are rounded in another order. The signs of Lion are left out, which tell the smallest difference.</summary>
    [Theory, MemberData(nameof(Names))]
    public void Several_batches_are_as_good_as_a_large_one(string name)
    {
        float[] large = Train(null, 32), small = Train(4, 8);
        for (int i = 0; i < large.Length; i++) Assert.Equal(large[i], small[i], 2e-4);

        float[] Train(int? accumulation, int batchSize)
        {
            Tiny model = new(seed: 3);
            Trainer<Tiny> trainer = new(model) { Optimizer = Features.Create(name, new Features(Accumulation: accumulation)), Loss = Loss.SparseCategoricalCrossentropy() };
            trainer.Fit(Data, epochs: 4, batchSize: batchSize, shuffle: false);
            Assert.Equal(12, trainer.Iterations);
            return [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];
        }
    }

    public static TheoryData<string> Names => [.. Features.Optimizers.Select(row => row.Name).Where(name => name != "Lion")];

    [Fact]
    public void Weights_wait_for_the_last_batch_and_schedules_count_all_of_them()
    {
        Tiny model = new(seed: 3);
        List<int[]> weights = [Features.Bits(model)];
        List<(long, double)> counts = [];
        Trainer<Tiny> trainer = null!;
        LambdaCallback watch = new()
        {
            BatchEnd = (_, _) =>
            {
                weights.Add(Features.Bits(model));
                counts.Add((trainer.Iterations, trainer.LearningRate));
            },
        };
        trainer = new(model)
        {
            Optimizer = new SGD(new PolynomialDecay(1, 10, 0)) { GradientAccumulationSteps = 3 },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [watch],
        };
        trainer.Fit(Data.Take(56), batchSize: 8);
        Assert.Equal([true, true, false, true, true, false, true], Enumerable.Range(0, 7).Select(i => weights[i].SequenceEqual(weights[i + 1])));
        Assert.Equal([0, 0, 1, 1, 1, 2, 2], counts.Select(count => count.Item1));
        Assert.All(counts.Index(), pair => Assert.Equal(1 - (0.1 * (pair.Index + 1)), pair.Item.Item2, 1e-12));
    }

    /// <summary>The norm that is clipped is that of the mean, not of what it consists of.</summary>
    [Fact]
    public void The_mean_is_clipped()
    {
        float[] weights = [0, 0], first = [30, 0], second = [0, 40];
        OptimizerState state = new(new SGD(1) { GlobalClipNorm = 5, GradientAccumulationSteps = 2 }, 2, [new(0, 2)]);
        state.Step(weights, first);
        Assert.Equal([0f, 0f], weights);
        state.Step(weights, second);
        Assert.Equal(-3, weights[0], 1e-6);
        Assert.Equal(-4, weights[1], 1e-6);
        Assert.Equal((2, 1), (state.Batches, state.Iterations));
    }

    [Fact]
    public void What_is_frozen_within_accumulation_starts_it_anew()
    {
        float[] weights = [0, 0];
        OptimizerState state = new(new SGD(1) { GradientAccumulationSteps = 2 }, 2, [new(0, 1), new(1, 1)]);
        state.Step(weights, [8, 8]);
        state.SetVariables([new(0, 1), new(1, 1, Trainable: false)]);
        state.SetVariables([new(0, 1), new(1, 1)]);
        state.Step(weights, [2, 2]);
        Assert.Equal([-5f, -1f], weights);
    }

    /// <summary>Powers of two change no bit; what is too small for a float is seen with a scale only.</summary>
    [Fact]
    public void The_scale_of_the_loss_changes_nothing_but_underflow()
    {
        int[] Train(double? scale)
        {
            Mixed model = new(seed: 2);
            Trainer<Mixed> trainer = new(model) { Optimizer = new Adam(0.01) { GlobalClipNorm = 1, LossScaleFactor = scale }, Loss = Loss.SparseCategoricalCrossentropy() };
            History history = trainer.Fit(ToyData.Blobs(128, 37, 5), epochs: 2);
            Assert.InRange(history["loss"][0], 0.1, 10);
            return Features.Bits(model);
        }

        int[] plain = Train(null);
        Assert.Equal(plain, Train(1024));
        Assert.NotEqual(plain, Train(1.7));

        // What comes back from the second layer is 2e-48, which no float is; the input makes 2e-28 of it.
        float Moved(double? scale)
        {
            Nested model = new();
            Trainer<Nested> trainer = new(model) { Optimizer = new SGD(1) { LossScaleFactor = scale }, Loss = Loss.MeanSquaredError() };
            model.SetWeights("unit/unit/kernel", new float[12]);
            model.SetWeights("unit/out/kernel", [.. Enumerable.Repeat(1e-28f, 8)]);
            model.SetWeights("unit/out/bias", [1e-20f, 1e-20f]);
            trainer.TrainOnBatch([1e20f, 0, 0], [0, 0]);
            return model.GetWeights("unit/unit/kernel")[0];
        }

        Assert.Equal(0, Moved(null));
        Assert.Equal(-2e-28, Moved(1e20), 1e-30);
    }
}
