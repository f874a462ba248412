namespace NetGen.Tests.Training;

public sealed class FitTests
{
    [Fact]
    public void A_linear_unit_finds_the_line()
    {
        Line model = new(seed: 3);
        Trainer<Line> trainer = new(model) { Optimizer = new SGD(0.1), Loss = Loss.MeanSquaredError(), Metrics = [Metric.FromLoss(Loss.MeanAbsoluteError())] };
        History history = trainer.Fit(ToyData.Linear(200), epochs: 60, batchSize: 16);
        Assert.InRange(history["mean_absolute_error"][^1], 0, 0.01);
        float[] kernel = model.GetWeights("dense/kernel");
        Assert.Equal(2, kernel[0], 0.02f);
        Assert.Equal(-1, kernel[1], 0.02f);
    }

    /// <summary>The reported loss is the mean of the losses of the batches, each weighted by its samples, with penalties.</summary>
    [Fact]
    public void The_loss_is_the_mean_over_samples()
    {
        Dataset data = ToyData.Blobs(50, 37, 5);
        Deep model = new(seed: 1);
        List<double> losses = [];
        Trainer<Deep> trainer = new(model) { Optimizer = new SGD(1e-30), Loss = Loss.SparseCategoricalCrossentropy() };
        Trainer<Deep> single = new(model) { Optimizer = new SGD(1e-30), Loss = Loss.SparseCategoricalCrossentropy() };
        // The constraint on the weights holds from the first step on, but for Keras's epsilon beside the norm.
        single.TrainOnBatch(new float[37], [0]);
        double total = 0;
        Data.Reading.ForEach(data, 16, batch => total += single.TrainOnBatch(batch.Input(0), batch.Target(0)) * batch.Count);
        History history = trainer.Fit(data, batchSize: 16, shuffle: false);
        Assert.Equal(total / 50, history["loss"][0], 1e-6);
        double penalty = 0.001 * model.GetWeights("dense/kernel").Sum(w => (double)w * w);
        Assert.Equal(trainer.TestOnBatch(new float[37], [0]), single.TestOnBatch(new float[37], [0]));
        Assert.True(trainer.TestOnBatch(new float[37], [0]) > penalty);
    }

    [Fact]
    public void Validation_reports_what_Evaluate_finds()
    {
        Dataset data = ToyData.Blobs(60, 4, 3), other = ToyData.Blobs(35, 4, 3, seed: 8);
        Trainer<Tiny> trainer = new(new Tiny(seed: 2)) { Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy()] };
        History history = trainer.Fit(data, epochs: 3, batchSize: 8, validation: other);
        Logs logs = trainer.Evaluate(other, batchSize: 8);
        Assert.Equal(logs["loss"], history["val_loss"][^1]);
        Assert.Equal(logs["accuracy"], history["val_accuracy"][^1]);
        Assert.Equal(["loss", "accuracy"], logs.Keys);
    }

    [Fact]
    public void The_validation_split_is_the_last_part_and_is_not_trained_on()
    {
        Dataset data = ToyData.Blobs(50, 4, 3);
        Tiny whole = new(seed: 2), part = new(seed: 2);
        new Trainer<Tiny>(whole) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(data, epochs: 2, validationSplit: 0.2);
        (Dataset first, _) = data.Split(0.8);
        new Trainer<Tiny>(part) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(first, epochs: 2);
        Assert.Equal(part.GetWeights("dense/kernel"), whole.GetWeights("dense/kernel"));
    }

    [Fact]
    public void Class_weights_are_sample_weights_by_class()
    {
        Dataset data = ToyData.Blobs(40, 4, 3);
        float[] labels = new float[40], x = new float[160];
        for (int i = 0; i < 40; i++)
        {
            data.ReadInput(i, x.AsSpan(4 * i, 4));
            data.ReadTarget(i, labels.AsSpan(i, 1));
        }

        Dictionary<int, double> classWeights = new() { [0] = 0.5, [2] = 3 };
        float[] weights = [.. labels.Select(label => (float)classWeights.GetValueOrDefault((int)label, 1))];
        Dataset weighted = Dataset.FromArrays(x, [4], [.. labels.Select(label => (int)label)], weights);
        Tiny a = new(seed: 2), b = new(seed: 2), c = new(seed: 2);
        new Trainer<Tiny>(a) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(data, epochs: 2, classWeights: classWeights);
        new Trainer<Tiny>(b) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(weighted, epochs: 2);
        new Trainer<Tiny>(c) { Loss = Loss.CategoricalCrossentropy() }.Fit(data.ToCategorical(), epochs: 2, classWeights: classWeights);
        Assert.Equal(a.GetWeights("dense/kernel"), b.GetWeights("dense/kernel"));
        float[] oneHot = c.GetWeights("dense/kernel"), sparse = a.GetWeights("dense/kernel");
        for (int i = 0; i < oneHot.Length; i++) Assert.Equal(sparse[i], oneHot[i], 1e-4f);
    }

    [Fact]
    public void Metrics_disregard_sample_weights_and_weighted_metrics_take_them()
    {
        float[] x = new float[4 * 4];
        int[] labels = [0, 1, 2, 0];
        Tiny model = new(seed: 2);
        float[] y = new float[3];
        model.Predict(new float[4], y);
        int predicted = Array.IndexOf(y, y.Max());
        float[] weights = [.. labels.Select(label => label == predicted ? 3f : 1f)];
        Trainer<Tiny> trainer = new(model)
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            WeightedMetrics = [Metric.Accuracy("weighted")],
        };
        Logs logs = trainer.Evaluate(Dataset.FromArrays(x, [4], labels, weights));
        double right = labels.Count(label => label == predicted);
        Assert.Equal(right / 4, logs["accuracy"], 1e-12);
        Assert.Equal(3 * right / (4 + (2 * right)), logs["weighted"], 1e-12);
    }

    [Fact]
    public void Epochs_begin_where_they_are_told_and_count_on()
    {
        List<int> epochs = [];
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LambdaCallback { EpochBegin = epochs.Add }],
        };
        History history = trainer.Fit(ToyData.Blobs(10, 4, 3), epochs: 5, initialEpoch: 3);
        Assert.Equal([3, 4], epochs);
        Assert.Equal([3, 4], history.Epochs);
        Assert.Equal(5, trainer.Epoch);
        trainer.Fit(ToyData.Blobs(10, 4, 3), epochs: 1);
        Assert.Equal([3, 4, 0], epochs);
        Assert.Equal(3, trainer.Iterations);
    }

    [Fact]
    public void The_order_of_samples_hangs_on_the_seed()
    {
        float[] Train(ulong seed, bool shuffle)
        {
            Tiny model = new(seed: 2);
            new Trainer<Tiny>(model) { Loss = Loss.SparseCategoricalCrossentropy(), Seed = seed }.Fit(ToyData.Blobs(50, 4, 3), epochs: 2, batchSize: 8, shuffle: shuffle);
            return model.GetWeights("dense/kernel");
        }

        Assert.Equal(Train(1, true), Train(1, true));
        Assert.NotEqual(Train(1, true), Train(2, true));
        Assert.NotEqual(Train(1, true), Train(1, false));
        Assert.Equal(Train(1, false), Train(2, false));
    }

    [Fact]
    public void Prefetching_changes_nothing()
    {
        float[] Train(Func<Dataset, IDataSource> wrap)
        {
            Mixed model = new(seed: 2);
            new Trainer<Mixed>(model) { Loss = Loss.SparseCategoricalCrossentropy(), Seed = 3 }.Fit(wrap(ToyData.Blobs(90, 37, 5)), epochs: 2, batchSize: 16);
            return model.GetWeights("dense_1/kernel");
        }

        Assert.Equal(Train(data => data), Train(data => data.Prefetch()));
    }

    [Fact]
    public void Several_inputs_and_outputs_are_paired_by_name()
    {
        Random random = new(1);
        float[] left = [.. Enumerable.Range(0, 90).Select(_ => random.NextSingle())], right = [.. Enumerable.Range(0, 60).Select(_ => random.NextSingle())];
        int[] kind = [.. Enumerable.Range(0, 30).Select(i => left[3 * i] > 0.5 ? 2 : 0)];
        float[] age = [.. Enumerable.Range(0, 30).Select(i => right[2 * i] * 3)];
        Dataset data = new(
            [TensorColumn.FromFloats("right", right, 2), TensorColumn.FromFloats("left", left, 3)],
            [TensorColumn.FromFloats("age", age), TensorColumn.FromIntegers("kind", kind)]);
        TwoHeads model = new(seed: 1);
        Trainer<TwoHeads> trainer = new(model)
        {
            Optimizer = new Adam(0.02),
            Loss = Loss.SparseCategoricalCrossentropy(),
            OutputLosses = { ["age"] = (Loss.MeanSquaredError(), 0.2) },
            OutputMetrics = { ["kind"] = [Metric.Accuracy()] },
        };
        History history = trainer.Fit(data, epochs: 80, batchSize: 10);
        Assert.Equal(["loss", "kind_loss", "age_loss", "kind_accuracy"], history.Names);
        Assert.Equal(history["kind_loss"][^1] + (0.2 * history["age_loss"][^1]), history["loss"][^1], 1e-9);
        Assert.InRange(history["kind_accuracy"][^1], 0.85, 1);
        Assert.InRange(history["age_loss"][^1], 0, 0.15);

        IReadOnlyDictionary<string, float[]> outputs = trainer.PredictOutputs(data);
        float[] kinds = new float[4], ages = new float[1];
        model.Predict(left.AsSpan(0, 3), right.AsSpan(0, 2), kinds, ages);
        Assert.Equal(kinds, outputs["kind"][..4]);
        Assert.Equal(ages[0], outputs["age"][0]);
        Assert.Throws<InvalidOperationException>(() => trainer.Predict(data));
    }

    /// <summary>An output without a loss gives no gradient: the other one trains as if alone.</summary>
    [Fact]
    public void An_output_without_a_loss_does_not_train_the_network()
    {
        TwoHeads model = new(seed: 1);
        float[] before = model.GetWeights("age/kernel"), shared = model.GetWeights("a/kernel");
        Dataset data = new(
            [TensorColumn.FromFloats("left", new float[30], 3), TensorColumn.FromFloats("right", [.. Enumerable.Range(0, 20).Select(i => (float)i)], 2)],
            [TensorColumn.FromIntegers("kind", new int[10])]);
        new Trainer<TwoHeads>(model) { OutputLosses = { ["kind"] = (Loss.SparseCategoricalCrossentropy(), 1) } }.Fit(data);
        Assert.Equal(before, model.GetWeights("age/kernel"));
        Assert.Equal(shared, model.GetWeights("a/kernel"));
        Assert.NotEqual(new TwoHeads(seed: 1).GetWeights("b/kernel"), model.GetWeights("b/kernel"));
    }

    [Fact]
    public void Predictions_stand_in_the_order_of_the_samples()
    {
        Dataset data = ToyData.Blobs(29, 4, 3);
        Tiny model = new(seed: 4);
        float[] all = new Trainer<Tiny>(model) { Loss = Loss.SparseCategoricalCrossentropy() }.Predict(data, batchSize: 8);
        float[] x = new float[4 * 29], expected = new float[3 * 29];
        for (int i = 0; i < 29; i++) data.ReadInput(i, x.AsSpan(4 * i, 4));
        model.Predict(x, expected);
        Assert.Equal(expected, all);
    }

    [Fact]
    public void A_network_over_time_trains_on_sequences()
    {
        static Dataset Sequences(int samples, int time)
        {
            Random random = new(2);
            float[] x = [.. Enumerable.Range(0, samples * time * 2).Select(_ => (float)random.NextDouble() - 0.5f)];
            int[] labels = [.. Enumerable.Range(0, samples * time).Select(i => x[2 * i] > x[(2 * i) + 1] ? 1 : 0)];
            return new Dataset([TensorColumn.FromFloats("x", x, time, 2)], [TensorColumn.FromIntegers("y", labels, time)]);
        }

        Sequence model = new(seed: 1);
        Trainer<Sequence> trainer = new(model)
        {
            Optimizer = new Adam(0.05),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
        };
        // Validation has another time than training.
        History history = trainer.Fit(Sequences(80, 6), epochs: 20, batchSize: 16, validation: Sequences(30, 9));
        Assert.InRange(history["accuracy"][^1], 0.95, 1);
        Assert.InRange(history["val_accuracy"][^1], 0.95, 1);
        Assert.Equal(5 * 7 * 2, trainer.Predict(Sequences(5, 7)).Length);
        Assert.Contains("lengths, or samples", Assert.Throws<ArgumentException>(() => trainer.TrainOnBatch(new float[4], [1, 0])).Message);
    }

    /// <summary>No batch has more samples than there are, however large it may be.</summary>
    [Fact]
    public void A_batch_size_above_the_sample_count_is_one_batch()
    {
        Dataset data = ToyData.Linear(4);
        Trainer<Line> trainer = new(new Line(seed: 1)) { Loss = Loss.MeanSquaredError() };
        trainer.Fit(data, epochs: 2, batchSize: int.MaxValue, validation: ToyData.Linear(6));
        Assert.Equal(2, trainer.Iterations);
        trainer.Fit(data.Prefetch(), batchSize: int.MaxValue);
        Assert.Equal(3, trainer.Iterations);
        Assert.Equal(trainer.Evaluate(data, batchSize: 4)["loss"], trainer.Evaluate(data.Prefetch(), batchSize: int.MaxValue)["loss"]);
        Assert.Equal(trainer.Predict(data, batchSize: 4), trainer.Predict(data, batchSize: int.MaxValue));
    }

    /// <summary>As in Keras, the second of a name gets a number; the loss keeps its name.</summary>
    [Fact]
    public void Results_of_one_name_are_numbered()
    {
        Trainer<Line> trainer = new(new Line(seed: 1))
        {
            Loss = Loss.MeanSquaredError(),
            Metrics = [Metric.MeanAbsoluteError(), Metric.MeanAbsoluteError("loss"), Metric.MeanAbsoluteError(), Metric.MeanAbsoluteError("loss")],
            WeightedMetrics = [Metric.MeanAbsoluteError()],
        };
        History history = trainer.Fit(ToyData.Linear(8), validation: ToyData.Linear(6));
        string[] names = ["loss", "mean_absolute_error", "loss_1", "mean_absolute_error_1", "loss_2", "mean_absolute_error_2"];
        Assert.Equal([.. names, .. names.Select(name => "val_" + name)], history.Names);
        Assert.Equal(history["mean_absolute_error"], history["mean_absolute_error_1"]);
        Assert.Equal(history["mean_absolute_error"], history["loss_1"]);
        Assert.NotEqual(history["loss"], history["loss_1"]);
    }
}
