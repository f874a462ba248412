namespace NetGen.Tests.Training;

public sealed class TrainerTests
{
    /// <summary>As in Keras, where a model that was not compiled predicts.</summary>
    [Fact]
    public void Predicting_needs_neither_a_loss_nor_targets()
    {
        Tiny model = new(seed: 1);
        float[] x = [.. Enumerable.Range(0, 20).Select(i => i / 7f)], expected = new float[15];
        model.Predict(x, expected);
        Trainer<Tiny> trainer = new(model);
        Assert.Equal(expected, trainer.Predict(Dataset.FromArrays(x, [4]), batchSize: 2));
        Assert.Equal(expected, trainer.Predict(Dataset.FromArrays([x[..4], x[4..8], x[8..12], x[12..16], x[16..]])));
        Assert.Contains("no loss", Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(ToyData.Blobs(6, 4, 3))).Message, StringComparison.Ordinal);
        Assert.Contains("no loss", Assert.Throws<InvalidOperationException>(() => trainer.Fit(ToyData.Blobs(6, 4, 3))).Message, StringComparison.Ordinal);
    }

    /// <summary>A rate of 0, as Keras takes it, moves nothing that an optimizer moves, and makes no NaN.</summary>
    [Fact]
    public void Nothing_is_learned_with_a_rate_of_0()
    {
        Optimizer[] optimizers =
        [
            new SGD(0.0), new SGD(0.0) { Momentum = 0.9 }, new RMSprop(0.0), new Adam(0.0), new AdamW(0.0), new Adamax(0.0), new Nadam(0.0), new Adagrad(0.0), new Adadelta(0.0), new Ftrl(0.0), new Lamb(0.0),
            new Lion(0.0), new Muon(0.0), new ScheduleFreeAdamW(0.0),
        ];
        foreach (Optimizer optimizer in optimizers)
        {
            Tiny model = new(seed: 1);
            float[][] before = [.. model.Parameters.Select(p => model.GetWeights(p.Name))];
            Trainer<Tiny> trainer = new(model) { Optimizer = optimizer, Loss = Loss.SparseCategoricalCrossentropy() };
            trainer.Fit(ToyData.Blobs(12, 4, 3), epochs: 3);
            for (int i = 0; i < before.Length; i++)
            {
                float[] after = model.GetWeights(model.Parameters[i].Name);
                for (int k = 0; k < after.Length; k++) Assert.Equal(before[i][k], after[k], 1e-6);
            }
        }
    }

    /// <summary>A layer's own seed takes the place of the trainer's; its numbers change from step to step all the same.</summary>
    [Fact]
    public void A_layers_seed_takes_the_place_of_the_trainers()
    {
        Assert.Equal(Losses(new Noisy(seed: 1), 1), Losses(new Noisy(seed: 1), 2));
        Assert.NotEqual(Losses(new NoisyByTrainer(seed: 1), 1), Losses(new NoisyByTrainer(seed: 1), 2));
        Assert.Equal(3, Losses(new Noisy(seed: 1), 1).Distinct().Count());

        static double[] Losses<T>(T model, ulong seed)
            where T : Network<T>, INetwork<T>
        {
            Trainer<T> trainer = new(model) { Optimizer = new SGD(0.0), Loss = Loss.MeanSquaredError(), Seed = seed };
            float[] x = [.. Enumerable.Range(0, 40).Select(i => i / 20f)];
            return [.. Enumerable.Range(0, 3).Select(_ => trainer.TrainOnBatch(x, [1]))];
        }
    }

    /// <summary>What is hardly ever meant is said, and only that.</summary>
    [Fact]
    public void What_is_hardly_ever_meant_is_said()
    {
        Assert.Contains("fromLogits", Assert.Single(Of(new Tiny(seed: 1), Loss.SparseCategoricalCrossentropy(fromLogits: true))), StringComparison.Ordinal);
        Assert.Empty(Of(new Tiny(seed: 1), Loss.SparseCategoricalCrossentropy()));
        Assert.Empty(Of(new Line(seed: 1), Loss.BinaryCrossentropy(fromLogits: true)));
        Adapted model = new(seed: 1);
        string[] said = [.. Of(model, Loss.MeanSquaredError())];
        Assert.NotEmpty(said);
        Assert.All(said, text => Assert.Contains("Adapt(data)", text, StringComparison.Ordinal));
        StringWriter output = new();
        for (int i = 0; i < 2; i++) Advice.Give(["said once"], output);
        Assert.Equal($"NetGen: said once{Environment.NewLine}", output.ToString());

        static IEnumerable<string> Of<T>(T model, Loss loss)
            where T : Network<T>, INetwork<T> =>
            Advice.Of(model, [.. model.Definition.Outputs.Select(output => new OutputHead(output, loss, 1, [], []))]);
    }

    [Fact]
    public void A_small_classifier_learns_a_toy_task()
    {
        Dataset data = ToyData.Blobs(300, inputs: 4, classes: 3);
        Tiny model = new(seed: 1);
        Trainer<Tiny> trainer = new(model) { Optimizer = new Adam(0.02), Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy()] };
        History history = trainer.Fit(data, epochs: 15, batchSize: 32, validationSplit: 0.2);
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], history.Names);
        Assert.Equal(15, history["loss"].Count);
        Assert.InRange(history["val_accuracy"][^1], 0.95, 1);
        Assert.True(history["loss"][^1] < 0.3 * history["loss"][0]);
    }
}
