namespace NetGen.Tests.Training;

public sealed class AverageTests
{
    private static readonly Dataset Data = ToyData.Blobs(96, 4, 3);

    /// <summary>The average as a weighted sum of the whole history, which is in the weights at the end.</summary>
    [Theory]
    [InlineData(null, 0.9)]
    [InlineData(null, 1.0)]
    [InlineData(2, 0.7)]
    public void At_the_end_the_weights_are_their_averages(int? accumulation, double momentum)
    {
        Tiny model = new(seed: 3);
        List<float[]> history = [];
        Trainer<Tiny> trainer = new(model)
        {
            Optimizer = new SGD(0.5) { UseEma = true, EmaMomentum = momentum, GradientAccumulationSteps = accumulation },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LambdaCallback { BatchEnd = (_, _) => history.Add(Weights(model)) }],
        };
        trainer.Fit(Data, epochs: 2, batchSize: 8);
        Assert.Equal(24, history.Count);

        // Up to the first step of the weights the average is the weights.
        int first = accumulation ?? 1, count = history.Count;
        float[] averages = Weights(model);
        for (int i = 0; i < averages.Length; i++)
        {
            double expected = Math.Pow(momentum, count - first) * history[first - 1][i];
            for (int t = first; t < count; t++) expected += (1 - momentum) * Math.Pow(momentum, count - 1 - t) * history[t][i];
            Assert.Equal(expected, averages[i], 1e-5);
        }

        Assert.NotEqual(history[^1], averages);
    }

    [Fact]
    public void Averages_take_the_place_of_the_weights_now_and_then()
    {
        float[] weights = [3, -1];
        OptimizerState state = new(new SGD(1) { UseEma = true, EmaMomentum = 0.5, EmaOverwriteFrequency = 3 }, 2, [new(0, 2)]);
        double w = 3, average = 0;
        for (int t = 1; t <= 8; t++)
        {
            state.Step(weights, [1, 1]);
            w -= 1;
            average = t == 1 ? w : (0.5 * average) + (0.5 * w);
            if (t % 3 == 0) w = average;
            Assert.Equal(w, weights[0], 1e-6);
            Assert.Equal(w - 4, weights[1], 1e-6);
        }
    }

    /// <summary>What was frozen has its own weights as their average when it is thawed, not a share of zeros.</summary>
    [Fact]
    public void What_is_thawed_later_starts_from_its_weights()
    {
        float[] weights = [1, 5];
        OptimizerState state = new(new SGD(1) { UseEma = true, EmaMomentum = 0.9 }, 2, [new(0, 1), new(1, 1, Trainable: false)]);
        state.Step(weights, [1, 1]);
        state.SetVariables([new(0, 1), new(1, 1)]);
        state.Step(weights, [0, 0]);
        Assert.Equal([0f, 5f], state.Slots[0].Values.ToArray());
    }

    [Fact]
    public void Thawed_parts_start_alike_in_a_resumed_run()
    {
        using TemporaryFolder folder = new();
        foreach (Func<Optimizer> optimizer in new Func<Optimizer>[] { () => new SGD(0.1) { UseEma = true }, () => new ScheduleFreeAdamW(0.05), () => new Adagrad(0.1) })
        {
            Frozen whole = new(seed: 1), model = new(seed: 2);
            Trainer<Frozen> Create(Frozen network, params Callback[] callbacks) => new(network) { Optimizer = optimizer(), Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = callbacks };
            LambdaCallback Thaw(Frozen network) => new()
            {
                EpochEnd = (epoch, _) =>
                {
                    if (epoch == 1) network["base"].Trainable = true;
                },
            };
            Create(whole, Thaw(whole), new ModelCheckpoint(folder["{epoch}"])).Fit(Data, epochs: 4);
            foreach (string file in new[] { "1", "2", "3" })
            {
                Trainer<Frozen> resumed = Create(model, Thaw(model));
                resumed.LoadCheckpoint(folder[file]);
                resumed.Fit(Data, epochs: 4);
                Assert.Equal(Features.Bits(whole), Features.Bits(model));
                model = new(seed: 3);
            }
        }
    }

    [Fact]
    public void Schedule_free_training_evaluates_with_the_mean_of_where_it_went()
    {
        Tiny model = new(seed: 3);
        Trainer<Tiny> trainer = new(model) { Optimizer = new ScheduleFreeAdamW(0.05), Loss = Loss.SparseCategoricalCrossentropy() };
        double[] mean = new double[model.Parameters[0].Count];
        for (int t = 1; t <= 9; t++)
        {
            trainer.TrainOnBatch([.. Enumerable.Range(0, 32).Select(i => (float)Math.Sin(i * t))], [0, 1, 2, 0, 1, 2, 0, 1]);
            OptimizerSlot momentum = trainer.Groups[0].State.Slots[0];
            float[] values = new float[mean.Length];
            momentum.Layout[0].Unpack(momentum.Values, values);
            for (int i = 0; i < mean.Length; i++) mean[i] += (values[i] - mean[i]) / t;
        }

        float[] training = model.GetWeights("dense/kernel");
        trainer.SwapToEval();
        trainer.SwapToEval();
        float[] evaluating = model.GetWeights("dense/kernel");
        for (int i = 0; i < mean.Length; i++) Assert.Equal(mean[i], evaluating[i], 1e-5);
        Assert.Contains(Enumerable.Range(0, mean.Length), i => Math.Abs(evaluating[i] - training[i]) > 1e-3);
        trainer.SwapToTrain();
        float[] back = model.GetWeights("dense/kernel");
        for (int i = 0; i < mean.Length; i++) Assert.Equal(training[i], back[i], 1e-6);

        // A step takes the weights of training by itself, and a checkpoint knows which there are.
        using TemporaryFolder folder = new();
        trainer.SwapToEval();
        trainer.SaveCheckpoint(folder["c"]);
        Tiny other = new(seed: 8);
        Trainer<Tiny> resumed = new(other) { Optimizer = new ScheduleFreeAdamW(0.05), Loss = Loss.SparseCategoricalCrossentropy() };
        resumed.LoadCheckpoint(folder["c"]);
        Assert.Equal(Features.Bits(model), Features.Bits(other));
        trainer.SwapToTrain();
        float[] x = [.. Enumerable.Range(0, 32).Select(i => (float)Math.Cos(i))];
        Assert.Equal(trainer.TrainOnBatch(x, [0, 1, 2, 0, 1, 2, 0, 1]), resumed.TrainOnBatch(x, [0, 1, 2, 0, 1, 2, 0, 1]));
        Assert.Equal(Features.Bits(model), Features.Bits(other));
        Assert.Throws<InvalidOperationException>(() => new Trainer<Tiny>(model) { Optimizer = new SGD(), Loss = Loss.SparseCategoricalCrossentropy() }.SwapToEval());
    }

    private static float[] Weights(Network model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];
}
