namespace NetGen.Tests.Training;

public sealed class TrainerCheckpointTests
{
    private static readonly Dataset Data = ToyData.Blobs(150, 37, 5);

    private static Trainer<Mixed> NewTrainer(Mixed model, params Callback[] more) => new(model)
    {
        Optimizer = new Adam(0.01),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Seed = 17,
        Callbacks =
        [
            new EarlyStopping(monitor: "loss", patience: 3, minDelta: 0.05, restoreBestWeights: true),
            new ReduceLROnPlateau(monitor: "loss", patience: 1, factor: 0.5, minDelta: 0.3),
            .. more,
        ],
    };

    private static float[] Weights(Network model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void A_resumed_run_has_the_bits_of_an_uninterrupted_one(int interruptedAfter)
    {
        using TemporaryFolder folder = new();
        Mixed whole = new(seed: 1);
        Trainer<Mixed> uninterrupted = NewTrainer(whole, new ModelCheckpoint(folder["epoch-{epoch:0}"]));
        History expected = uninterrupted.Fit(Data, epochs: 9, batchSize: 32, validationSplit: 0.2);
        Assert.True(interruptedAfter < expected.Epochs.Count, string.Join(" ", expected["loss"]));

        Mixed model = new(seed: 99);
        Trainer<Mixed> resumed = NewTrainer(model);
        resumed.LoadCheckpoint(folder[$"epoch-{interruptedAfter}"]);
        Assert.Equal(interruptedAfter, resumed.Epoch);
        History history = resumed.Fit(Data, epochs: 9, batchSize: 32, validationSplit: 0.2);

        Assert.Equal(Weights(whole).Select(BitConverter.SingleToInt32Bits), Weights(model).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(uninterrupted.Iterations, resumed.Iterations);
        Assert.Equal(uninterrupted.LearningRate, resumed.LearningRate);
        Assert.Equal(expected.Epochs, history.Epochs);
        foreach (string name in expected.Names) Assert.Equal(expected[name], history[name]);
    }

    [Fact]
    public void The_seed_and_what_trains_come_from_the_checkpoint()
    {
        using TemporaryFolder folder = new();
        Frozen model = new(seed: 1), other = new(seed: 2);
        model["base"].Trainable = true;
        model["base"].LearningRateScale = 0.25;
        new Trainer<Frozen>(model) { Loss = Loss.SparseCategoricalCrossentropy(), Seed = 5 }.SaveCheckpoint(folder["c"]);
        Trainer<Frozen> trainer = new(other) { Loss = Loss.SparseCategoricalCrossentropy(), Seed = 6 };
        trainer.LoadCheckpoint(folder["c"]);
        Assert.Equal(5u, trainer.Seed);
        Assert.True(other["base"].Trainable);
        Assert.Equal(0.25, other["base"].LearningRateScale);
        Assert.Equal(1, other["head"].LearningRateScale);
    }

    [Fact]
    public void A_learning_rate_that_was_set_comes_back()
    {
        using TemporaryFolder folder = new();
        Trainer<Tiny> trainer = new(new Tiny()) { Optimizer = new SGD(0.1) { Momentum = 0.9 }, Loss = Loss.SparseCategoricalCrossentropy() };
        trainer.LearningRate = 0.0123;
        trainer.SaveCheckpoint(folder["c"]);
        Trainer<Tiny> other = new(new Tiny()) { Optimizer = new SGD(0.1) { Momentum = 0.9 }, Loss = Loss.SparseCategoricalCrossentropy() };
        other.LoadCheckpoint(folder["c"]);
        Assert.Equal(0.0123, other.LearningRate);
    }

    [Fact]
    public void A_checkpoint_holds_slots_under_the_weights_names()
    {
        using TemporaryFolder folder = new();
        new Trainer<Mixed>(new Mixed()) { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy() }.SaveCheckpoint(folder["c"]);
        using CheckpointReader reader = new(folder["c"]);
        string[] names = [.. reader.Tensors.Select(tensor => $"{tensor.Name} {TensorInfo.FormatShape(tensor.Shape)}")];
        Assert.Contains("weights/dense/kernel (37, 53)", names);
        Assert.Contains("optimizer/Adam/velocity/dense/kernel (37, 53)", names);
        Assert.Contains("weights/batch_normalization/moving_mean (53,)", names);
        Assert.DoesNotContain(names, name => name.StartsWith("optimizer/Adam/velocity/batch_normalization/moving_mean", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_network_or_optimizer_is_told_and_changes_nothing()
    {
        using TemporaryFolder folder = new();
        Trainer<Mixed> source = new(new Mixed()) { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy() };
        source.SaveCheckpoint(folder["c"]);
        Tiny tiny = new(seed: 1);
        float[] before = Weights(tiny);
        ModelFileException exception = Assert.Throws<ModelFileException>(
            () => new Trainer<Tiny>(tiny) { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy() }.LoadCheckpoint(folder["c"]));
        Assert.Contains("'weights/dense/kernel' is (37, 53) in the file; (4, 8) is expected", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(tiny));

        Mixed mixed = new(seed: 1);
        before = Weights(mixed);
        exception = Assert.Throws<ModelFileException>(
            () => new Trainer<Mixed>(mixed) { Optimizer = new SGD(), Loss = Loss.SparseCategoricalCrossentropy() }.LoadCheckpoint(folder["c"]));
        Assert.Contains("Adam", exception.Message, StringComparison.Ordinal);
        Assert.Contains("SGD", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(mixed));

        new Mixed().Save(folder["weights"]);
        Assert.Throws<ModelFileException>(() => source.LoadCheckpoint(folder["weights"]));
        byte[] bytes = File.ReadAllBytes(folder["c"]);
        File.WriteAllBytes(folder["short"], bytes[..(bytes.Length / 2)]);
        Assert.Throws<ModelFileException>(() => source.LoadCheckpoint(folder["short"]));
    }

    [Fact]
    public void A_checkpoint_loads_without_the_callbacks_that_it_knows()
    {
        using TemporaryFolder folder = new();
        Mixed model = new(seed: 1), other = new(seed: 2);
        NewTrainer(model, new ModelCheckpoint(folder["c"])).Fit(Data, epochs: 1);
        Trainer<Mixed> plain = new(other) { Optimizer = new Adam(0.01), Loss = Loss.SparseCategoricalCrossentropy() };
        plain.LoadCheckpoint(folder["c"]);
        Assert.Equal(Weights(model), Weights(other));
        plain.Fit(Data, epochs: 2);
    }
}
