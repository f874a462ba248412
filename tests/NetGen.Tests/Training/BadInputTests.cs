namespace NetGen.Tests.Training;

/// <summary>Every misuse gets an exception that says what was found and what was expected.</summary>
public sealed class BadInputTests
{
    private static Trainer<Tiny> NewTrainer() => new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy()] };

    private static void Refuses<T>(Action action, params string[] parts)
        where T : Exception
    {
        T exception = Assert.Throws<T>(action);
        foreach (string part in parts) Assert.Contains(part, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_label_out_of_range_names_the_output_and_leaves_the_weights()
    {
        Trainer<Tiny> trainer = NewTrainer();
        float[] before = trainer.Model.GetWeights("dense/kernel");
        Refuses<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(new float[8], [4], [1, 3])), "dense_1", "is 3", "0 to 2");
        Refuses<ArgumentException>(() => trainer.TrainOnBatch(new float[4], [float.NaN]), "dense_1", "NaN");
        Refuses<ArgumentException>(() => trainer.Evaluate(Dataset.FromArrays(new float[4], [4], [-1])), "dense_1", "-1");
        Assert.Equal(before, trainer.Model.GetWeights("dense/kernel"));
        Assert.Equal(0, trainer.Iterations);
        Assert.True(trainer.TrainOnBatch(new float[4], [1]) > 0);
    }

    /// <summary>Labels in memory are looked at before the first step, also those of a validation and those along another axis.</summary>
    [Fact]
    public void A_label_out_of_range_is_told_before_the_first_step()
    {
        Dataset good = ToyData.Blobs(64, 4, 3);
        float[] x = new float[40];
        Trainer<Tiny> trainer = NewTrainer();
        Refuses<ArgumentException>(
            () => trainer.Fit(good, validation: Dataset.FromArrays(x, [4], [0, 1, 2, 0, 1, 2, 0, 3, 0, 1])), "Output 'dense_1'", "sample 7 of the validation data is 3", "0 to 2");
        int[] labels = [.. Enumerable.Range(0, 10).Select(i => i == 9 ? -1 : i % 3)];
        Refuses<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(x, [4], labels), batchSize: 2, shuffle: false), "sample 9 of the training data is -1");
        Refuses<ArgumentException>(() => trainer.Fit(Dataset.FromArrays(x, [4], [0, 1, 0.5f, 0, 0, 0, 0, 0, 0, 0]), batchSize: 2, shuffle: false), "sample 2 of the training data is 0.5");
        Assert.Equal(0, trainer.Iterations);

        // What does not count may be anything.
        Trainer<Tiny> ignoring = new(new Tiny(seed: 1)) { Loss = Loss.SparseCategoricalCrossentropy(ignoreClass: -1) };
        Assert.True(double.IsFinite(ignoring.Fit(Dataset.FromArrays(x, [4], labels), batchSize: 2)["loss"][0]));
        trainer.Fit(Dataset.FromArrays(x, [4], labels, [.. labels.Select(label => label < 0 ? 0f : 1f)]), batchSize: 2);
        Assert.Equal(5, trainer.Iterations);
    }

    /// <summary>What a callback will miss after an epoch is told before the first step.</summary>
    [Fact]
    public void What_callbacks_cannot_do_is_told_before_the_first_step()
    {
        using TemporaryFolder folder = new();
        Dataset data = ToyData.Blobs(12, 4, 3);
        Check(new EarlyStopping(), "'val_loss'", "Give Fit a validation set");
        Check(new EarlyStopping("val_accuracy"), "'val_accuracy'", "loss, accuracy");
        Check(new EarlyStopping("acuracy"), "'acuracy'", "loss, accuracy");
        Check(new ReduceLROnPlateau(), "'val_loss'", "Give Fit a validation set");
        Check(new ModelCheckpoint(folder["best"], saveBestOnly: true), "'val_loss'", "Give Fit a validation set");
        Check(new ModelCheckpoint(folder["{val_loss}"]), "'val_loss'", "epoch, loss, accuracy");
        Check(new ModelCheckpoint(folder["{batch}"]), "'batch'");
        Check(new ModelCheckpoint(folder["{epoch}-{batch}"], "learning_rate", saveBestOnly: true, saveFreq: 2, mode: MonitorMode.Min), "'learning_rate'");
        Refuses<InvalidOperationException>(() => NewTrainer(new SGD(0.1), new EarlyStopping("learning_rate", mode: MonitorMode.Max), new ReduceLROnPlateau("loss")).Fit(data), "'learning_rate'");
        Check(new EarlyStopping("learning_rate"), "'learning_rate'");
        Trainer<Tiny> scheduled = NewTrainer(new SGD(new ExponentialDecay(0.1, 10, 0.9)), new ReduceLROnPlateau("loss"));
        Refuses<InvalidOperationException>(() => scheduled.Fit(data), nameof(ReduceLROnPlateau), nameof(ExponentialDecay));
        Assert.Equal(0, scheduled.Iterations);

        // A result that another callback reports is known when it does; one of a user's own may report anything.
        Assert.Equal(2, NewTrainer(new SGD(0.1), new ReduceLROnPlateau("loss"), new EarlyStopping("learning_rate", mode: MonitorMode.Max, patience: 5)).Fit(data, epochs: 2).Epochs.Count);
        Assert.Equal(2, NewTrainer(new SGD(0.1), new LambdaCallback { EpochEnd = (_, logs) => logs["mine"] = 1 }, new EarlyStopping("mine", mode: MonitorMode.Max, patience: 5)).Fit(data, epochs: 2).Epochs.Count);
        Assert.Single(NewTrainer(new SGD(0.1), new ModelCheckpoint(folder["{epoch}-{batch}-{loss:0}"], "accuracy", saveBestOnly: true, saveFreq: 1)).Fit(data).Epochs);

        void Check(Callback callback, params string[] parts)
        {
            Trainer<Tiny> trainer = NewTrainer(new SGD(0.1), callback);
            Refuses<InvalidOperationException>(() => trainer.Fit(data, batchSize: 4), parts);
            Assert.Equal(0, trainer.Iterations);
        }

        Trainer<Tiny> NewTrainer(Optimizer optimizer, params Callback[] callbacks) =>
            new(new Tiny(seed: 1)) { Optimizer = optimizer, Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy()], Callbacks = callbacks };
    }

    /// <summary>A trainer is one thread's at a time: another is told and changes nothing.</summary>
    [Fact]
    public void A_second_thread_is_told()
    {
        Dataset data = ToyData.Blobs(12, 4, 3);
        Trainer<Tiny>? trainer = null;
        List<Exception?> found = [];
        void Beside(Action call)
        {
            Thread other = new(() => found.Add(Record.Exception(call)));
            other.Start();
            other.Join();
        }

        trainer = new(new Tiny(seed: 1))
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks =
            [
                new LambdaCallback
                {
                    EpochEnd = (_, _) =>
                    {
                        Beside(() => trainer!.Fit(data));
                        Beside(() => trainer!.Evaluate(data));
                        Beside(() => trainer!.Predict(data));
                        Beside(() => trainer!.TrainOnBatch(new float[4], [0]));
                        Beside(() => trainer!.TestOnBatch(new float[4], [0]));

                        // The thread itself may call back.
                        trainer!.Evaluate(data);
                    },
                },
            ],
        };
        trainer.Fit(data, batchSize: 12);
        Assert.Equal(5, found.Count);
        Assert.All(found, exception => Assert.Contains("one thread at a time", Assert.IsType<InvalidOperationException>(exception).Message, StringComparison.Ordinal));
        Assert.Equal(1, trainer.Iterations);
        Beside(() => trainer.Evaluate(data));
        Assert.Null(found[^1]);
    }

    /// <summary>NaN that comes in with the data is told by its place before a step is made of it, and the weights stand at the last whole step.</summary>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Data_that_are_not_finite_are_named_before_the_update(float bad)
    {
        string text = bad.ToString(System.Globalization.CultureInfo.InvariantCulture);
        foreach (string place in new[] { "input", "dense" })
        {
            float[] x = [.. Enumerable.Range(0, 30).Select(i => i / 30f)], y = new float[10];
            (place == "input" ? x : y)[place == "input" ? 14 : 4] = bad;
            Dataset data = Dataset.FromArrays(x, [3], y);
            string[] message = [$"'{place}' holds {text}", "sample 4 of the data set", place == "input" ? "element 2" : "element 0"];
            Trainer<Line> trainer = new(new Line(seed: 1)) { Loss = Loss.MeanSquaredError() };
            Refuses<InvalidDataException>(() => trainer.Fit(data, batchSize: 3, shuffle: false), message);
            Assert.Equal(1, trainer.Iterations);
            Refuses<InvalidDataException>(() => trainer.Fit(data, batchSize: 3), message);
            Refuses<InvalidDataException>(() => trainer.Fit(data.Shuffle(3).Prefetch(), batchSize: 3), message);
            Refuses<InvalidDataException>(() => trainer.Fit(ToyData.Linear(8), validation: data), message);
            Refuses<InvalidDataException>(() => trainer.Evaluate(data, batchSize: 3), message);
            Refuses<InvalidDataException>(() => trainer.TrainOnBatch(x, y), $"'{place}' holds {text}", "sample 4 of the batch");
            Refuses<InvalidDataException>(() => trainer.TestOnBatch(x, y), $"'{place}' holds {text}", "sample 4 of the batch");
            Assert.All(trainer.Model.GetWeights("dense/kernel"), weight => Assert.True(float.IsFinite(weight)));
            Assert.True(double.IsFinite(trainer.TrainOnBatch(new float[3], [0])));
        }
    }

    /// <summary>A state is written during the backward half: it too stays as it was.</summary>
    [Fact]
    public void Data_that_are_not_finite_leave_the_states()
    {
        Mixed model = new(seed: 1);
        Trainer<Mixed> trainer = new(model) { Loss = Loss.SparseCategoricalCrossentropy(), Threads = 2 };
        float[] x = [.. Enumerable.Repeat(0.5f, 64 * 37)];
        trainer.TrainOnBatch(x, new float[64]);
        float[][] before = [.. model.Parameters.Select(p => model.GetWeights(p.Name))];
        x[40] = float.NaN;
        Refuses<InvalidDataException>(() => trainer.TrainOnBatch(x, new float[64]), "'input' holds NaN", "sample 1 of the batch, element 3");
        Assert.Equal(before, model.Parameters.Select(p => model.GetWeights(p.Name)));
    }

    [Fact]
    public void Data_that_are_not_finite_pass_no_rectifier()
    {
        Rectified model = new(seed: 1);
        Trainer<Rectified> trainer = new(model) { Loss = Loss.MeanSquaredError() };
        Refuses<InvalidDataException>(() => trainer.TrainOnBatch([1, 2, float.NaN, 1, 2, 3], [1, 2]), "'input' holds NaN", "sample 0 of the batch, element 2");
        Assert.All(model.GetWeights("dense/kernel"), weight => Assert.True(float.IsFinite(weight)));
    }

    [Fact]
    public void Sample_weights_are_finite_and_not_negative()
    {
        foreach (float bad in new[] { float.NaN, float.PositiveInfinity, -1 })
            Refuses<ArgumentException>(() => Dataset.FromArrays(new float[6], [3], new float[2], sampleWeights: [1, bad]), "sample 1", "not negative");
        Trainer<Line> trainer = new(new Line(seed: 1)) { Loss = Loss.MeanSquaredError() };
        Refuses<InvalidDataException>(() => trainer.TrainOnBatch(new float[6], [1, 2], [1, float.NaN]), "The sample weights hold NaN in sample 1 of the batch");
    }

    [Fact]
    public void Targets_of_another_shape_name_the_output()
    {
        Trainer<Tiny> sparse = NewTrainer();
        Refuses<ArgumentException>(() => sparse.Fit(ToyData.Blobs(6, 4, 3).ToCategorical()), "Output 'dense_1'", "class index");
        Trainer<Tiny> dense = new(new Tiny()) { Loss = Loss.CategoricalCrossentropy() };
        Refuses<ArgumentException>(() => dense.Fit(ToyData.Blobs(6, 4, 3)), "Output 'dense_1'", "(3)");
        Refuses<ArgumentException>(() => dense.TrainOnBatch(new float[8], new float[7]), "7 values", "dense_1");
    }

    [Fact]
    public void Inputs_of_another_shape_name_both_shapes() =>
        Refuses<ArgumentException>(() => NewTrainer().Fit(ToyData.Blobs(6, 5, 3)), "(5,)", "(4,)", "Tiny");

    [Fact]
    public void Missing_columns_are_named()
    {
        Trainer<TwoHeads> trainer = new(new TwoHeads()) { Loss = Loss.MeanSquaredError() };
        TensorColumn left = TensorColumn.FromFloats("left", new float[3], 3), right = TensorColumn.FromFloats("right", new float[2], 2);
        Refuses<ArgumentException>(() => trainer.Fit(new Dataset([left, TensorColumn.FromFloats("Right", new float[2], 2)], [])), "'right'", "'Right'");
        Refuses<ArgumentException>(() => trainer.Fit(new Dataset([left, right], [TensorColumn.FromFloats("kind", new float[4], 4)])), "'age'", "'kind'");
    }

    [Fact]
    public void An_empty_data_set_is_told()
    {
        Refuses<ArgumentException>(() => NewTrainer().Fit(new EmptySource(0)), "empty");
        Refuses<ArgumentException>(() => NewTrainer().Fit(new EmptySource(null)), "no sample");
        Refuses<ArgumentException>(() => NewTrainer().Evaluate(new EmptySource(null)), "no sample");
    }

    [Fact]
    public void Settings_are_checked()
    {
        Refuses<InvalidOperationException>(() => new Trainer<Tiny>(new Tiny()).TrainOnBatch(new float[4], [0]), "no loss");
        Refuses<InvalidOperationException>(
            () => new Trainer<Tiny>(new Tiny()) { OutputLosses = { ["nose"] = (Loss.MeanSquaredError(), 1) } }.TrainOnBatch(new float[4], [0]), "'nose'", "dense_1");
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SGD(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewTrainer().LearningRate = -1);
        Assert.Throws<ArgumentOutOfRangeException>(() => NewTrainer().LearningRate = double.NaN);
        Assert.Throws<ArgumentOutOfRangeException>(() => new Trainer<Tiny>(new Tiny()) { Threads = 0 });
        Assert.Throws<ArgumentNullException>(() => new Trainer<Tiny>(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewTrainer().Fit(ToyData.Blobs(6, 4, 3), batchSize: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => NewTrainer().Fit(ToyData.Blobs(6, 4, 3), epochs: 0));
    }

    [Fact]
    public void Splits_and_weights_are_checked()
    {
        Dataset data = ToyData.Blobs(10, 4, 3);
        Refuses<ArgumentOutOfRangeException>(() => NewTrainer().Fit(data, validationSplit: 1), "between 0 and 1");
        Refuses<ArgumentException>(() => NewTrainer().Fit(data, validation: data, validationSplit: 0.5), "not both");
        Refuses<ArgumentException>(() => NewTrainer().Fit(data.Prefetch(), validationSplit: 0.5), "Dataset");
        Refuses<ArgumentException>(() => NewTrainer().Fit(data, classWeights: new Dictionary<int, double> { [1] = double.NaN }), "class 1", "NaN");
        Refuses<ArgumentException>(() => NewTrainer().Fit(data, classWeights: new Dictionary<int, double> { [7] = 2 }), "class 7", "0 to 2", "dense_1");
        Refuses<ArgumentException>(() => NewTrainer().Fit(data, classWeights: new Dictionary<int, double> { [-1] = 2 }), "class -1", "0 to 2");
        Refuses<ArgumentException>(
            () => new Trainer<Tiny>(new Tiny()) { Loss = Loss.CategoricalCrossentropy() }.Fit(data.ToCategorical(), classWeights: new Dictionary<int, double> { [3] = 2 }), "class 3", "0 to 2");
        Refuses<ArgumentException>(() => NewTrainer().TrainOnBatch(new float[8], [0, 1], [1]), "1 sample weights for 2");
        Refuses<ArgumentException>(() => NewTrainer().TrainOnBatch(new float[7], [0]), "7 values", "multiple of 4");
        Refuses<InvalidOperationException>(() => new Trainer<TwoHeads>(new TwoHeads()) { Loss = Loss.MeanSquaredError() }.TrainOnBatch(new float[3], [0]), "2 inputs");
    }

    [Fact]
    public void A_network_without_training_is_told() =>
        Refuses<InvalidOperationException>(() => new Trainer<Served>(new Served()) { Loss = Loss.MeanSquaredError() }.TrainOnBatch(new float[2], [0]), "Training = false");

    private sealed class EmptySource(long? count) : IDataSource
    {
        public long? SampleCount => count;

        public IReadOnlyList<TensorInfo> Inputs => [new TensorInfo("x", [4])];

        public IReadOnlyList<TensorInfo> Targets => [new TensorInfo("y", [1])];

        public bool HasSampleWeights => false;

        public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) => new Reader();

        private sealed class Reader : BatchReader
        {
            public override bool TryRead(Batch batch) => false;
        }
    }
}
