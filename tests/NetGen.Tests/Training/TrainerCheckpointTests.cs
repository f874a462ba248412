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

    /// <summary>Rates that depend on those before, results of every kind of metric, and a validation behind the epoch.</summary>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(3, 4)]
    public void A_run_that_goes_on_within_an_epoch_has_the_bits_of_an_uninterrupted_one(int epoch, int batch)
    {
        using TemporaryFolder folder = new();
        Trainer<Mixed> Create(Mixed model, params Callback[] more) => new(model)
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.CategoricalCrossentropy(),
            Metrics = [Metric.CategoricalAccuracy(), Metric.AUC(multiLabel: true, numLabels: 5), Metric.Precision(), Metric.R2Score()],
            Seed = 3,
            Callbacks = [new LearningRateScheduler((_, rate) => rate * 0.7), .. more],
        };
        Dataset data = ToyData.OneHotBlobs(150, 37, 5);
        Mixed whole = new(seed: 1);
        Trainer<Mixed> uninterrupted = Create(whole, new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1));
        History expected = uninterrupted.Fit(data, epochs: 4, batchSize: 32, validationSplit: 0.2);

        Mixed model = new(seed: 99);
        List<(int, double)> batches = [];
        Trainer<Mixed> resumed = Create(model, new LambdaCallback { BatchEnd = (index, logs) => batches.Add((index, logs["loss"])) });
        resumed.LoadCheckpoint(folder[$"{epoch}-{batch}"]);

        // Saved at once, it is the same.
        resumed.SaveCheckpoint(folder["again"]);
        using (CheckpointReader reader = new(folder[$"{epoch}-{batch}"]), again = new(folder["again"]))
            Assert.Equal(reader.Info.Values.Where(v => v.Key.StartsWith("epoch/", StringComparison.Ordinal)), again.Info.Values.Where(v => v.Key.StartsWith("epoch/", StringComparison.Ordinal)));
        History history = resumed.Fit(data, epochs: 4, batchSize: 32, validationSplit: 0.2);
        Assert.Equal(Weights(whole).Select(BitConverter.SingleToInt32Bits), Weights(model).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(uninterrupted.LearningRate, resumed.LearningRate);
        Assert.Equal(uninterrupted.Iterations, resumed.Iterations);
        Assert.Equal((4 * 4) - (4 * (epoch - 1)) - batch, batches.Count);
        Assert.Equal(batch % 4, batches[0].Item1);
        Assert.Equal(expected.Epochs, history.Epochs);
        foreach (string name in expected.Names) Assert.Equal(expected[name], history[name]);
    }

    /// <summary>What is mixed is drawn by the batch's place in the epoch, also of batches that a resumed run passes over.</summary>
    [Fact]
    public void A_run_on_mixed_samples_goes_on_within_an_epoch()
    {
        using TemporaryFolder folder = new();
        Trainer<Mixed> Create(Mixed model, params Callback[] more) => new(model) { Optimizer = new Adam(0.01), Loss = Loss.CategoricalCrossentropy(), Seed = 3, Callbacks = more };
        IDataSource data = ToyData.OneHotBlobs(150, 37, 5).MixUp(seed: 4).Prefetch();
        Mixed whole = new(seed: 1), model = new(seed: 99), unmixed = new(seed: 1);
        Create(whole, new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1)).Fit(data, epochs: 3, batchSize: 32);
        Trainer<Mixed> resumed = Create(model);
        resumed.LoadCheckpoint(folder["2-3"]);
        resumed.Fit(data, epochs: 3, batchSize: 32);
        Assert.Equal(Weights(whole).Select(BitConverter.SingleToInt32Bits), Weights(model).Select(BitConverter.SingleToInt32Bits));
        Create(unmixed).Fit(ToyData.OneHotBlobs(150, 37, 5), epochs: 3, batchSize: 32);
        Assert.NotEqual(Weights(whole), Weights(unmixed));
    }

    [Fact]
    public void What_does_not_fit_the_rest_of_an_epoch_is_refused()
    {
        using TemporaryFolder folder = new();
        NewTrainer(new Mixed(), new ModelCheckpoint(folder["c"], saveFreq: 3)).Fit(Data, epochs: 1, batchSize: 32);
        Trainer<Mixed> trainer = NewTrainer(new Mixed());
        trainer.LoadCheckpoint(folder["c"]);
        string problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data, epochs: 2, batchSize: 16)).Message;
        Assert.Contains("behind 3 batches of 32 samples; with batches of 16", problem, StringComparison.Ordinal);
        Trainer<Mixed> other = new(new Mixed()) { Optimizer = new Adam(0.01), Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.TopK(2)] };
        other.LoadCheckpoint(folder["c"]);
        problem = Assert.Throws<InvalidOperationException>(() => other.Fit(Data, epochs: 2, batchSize: 32)).Message;
        Assert.Contains("reported loss, accuracy; this run would report loss, top_k", problem, StringComparison.Ordinal);

        problem = Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data.Take(64), epochs: 2, batchSize: 32)).Message;
        Assert.Contains("behind 3 batches; this data set has 2", problem, StringComparison.Ordinal);

        // From another epoch on, nothing of it is needed.
        trainer.Fit(Data, epochs: 2, batchSize: 16, initialEpoch: 1);
    }

    /// <summary>What a callback throws before the first batch leaves the trainer where the checkpoint is: it can be saved, and trained from.</summary>
    [Fact]
    public void A_run_that_fails_before_its_first_batch_can_be_resumed_again()
    {
        using TemporaryFolder folder = new();
        Mixed whole = new(seed: 1), model = new(seed: 2);
        NewTrainer(whole, new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1)).Fit(Data, epochs: 3, batchSize: 32);
        bool fails = true;
        Trainer<Mixed> trainer = NewTrainer(model, new LambdaCallback { TrainBegin = () => _ = fails ? throw new IOException("no room") : 0 });
        trainer.LoadCheckpoint(folder["2-3"]);
        Assert.Throws<IOException>(() => trainer.Fit(Data, epochs: 3, batchSize: 32));
        trainer.SaveCheckpoint(folder["again"]);
        using (CheckpointReader reader = new(folder["2-3"]), again = new(folder["again"]))
            Assert.Equal(reader.Info.Values["epoch/totals"], again.Info.Values["epoch/totals"]);
        fails = false;
        trainer.Fit(Data, epochs: 3, batchSize: 32);
        Assert.Equal(Weights(whole).Select(BitConverter.SingleToInt32Bits), Weights(model).Select(BitConverter.SingleToInt32Bits));
    }

    [Theory]
    [InlineData("epoch/batches", "-1")]
    [InlineData("epoch/batch_size", "")]
    [InlineData("epoch/totals", "AAAA")]
    [InlineData("learning_rate", "0")]
    public void Values_that_no_training_writes_are_refused_and_change_nothing(string name, string value)
    {
        using TemporaryFolder folder = new();
        Trainer<Tiny> trainer = new(new Tiny(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [new ModelCheckpoint(folder["c"], saveFreq: 2)] };
        trainer.Fit(ToyData.Blobs(32, 4, 3), batchSize: 8);
        float[] before = Weights(trainer.Network);
        using (CheckpointReader reader = new(folder["c"]))
        {
            CheckpointInfo info = reader.Info with { Values = new Dictionary<string, string>(reader.Info.Values) { [name] = value } };
            CheckpointWriter.Save(folder["bad"], info);
        }

        Assert.Contains($"'{name}'", Assert.Throws<ModelFileException>(() => trainer.LoadCheckpoint(folder["bad"])).Message, StringComparison.Ordinal);
        Assert.Equal(before, Weights(trainer.Network));
        Assert.Equal(4, trainer.Iterations);
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
