namespace NetGen.Tests.Training;

/// <summary>Penalties on activities reach the losses of training and evaluation as in Keras 3: the sum over the batch, not divided by its samples.</summary>
public sealed class ActivityTests
{
    private static float[] Numbers(int count, int seed = 1)
    {
        float[] values = new float[count];
        Philox.FillUniform(values, (ulong)seed, stream: 3, step: 0);
        return [.. values.Select(v => (2 * v) - 1)];
    }

    private static Trainer<T> NewTrainer<T>(T model, Loss loss, int threads = 1)
        where T : Network<T>, INetwork<T> => new(model) { Optimizer = new SGD(1e-30), Loss = loss, Threads = threads };

    private static void Copy(Network from, Network to, params string[] names)
    {
        foreach (string name in names) to.SetWeights(name, from.GetWeights(name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    [InlineData(150)]
    public void Losses_have_the_penalty_of_the_whole_batch(int samples)
    {
        Active active = new(seed: 1);
        Inactive inactive = new(seed: 1);
        Copy(active, inactive, "dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias");
        float[] x = Numbers(samples * 5), labels = [.. Enumerable.Range(0, samples).Select(i => (float)(i % 3))], kernel = active.GetWeights("dense/kernel");
        double penalty = 0;
        for (int i = 0; i < samples * 7; i++)
        {
            double h = Math.Tanh(Enumerable.Range(0, 5).Sum(k => (double)x[(i / 7 * 5) + k] * kernel[(k * 7) + (i % 7)]));
            penalty += (0.04 * Math.Abs(h)) + (0.02 * h * h);
        }

        Trainer<Active> a = NewTrainer(active, Loss.SparseCategoricalCrossentropy());
        Trainer<Inactive> b = NewTrainer(inactive, Loss.SparseCategoricalCrossentropy());
        Assert.Equal(penalty, a.TestOnBatch(x, labels) - b.TestOnBatch(x, labels), 1e-5 * penalty);
        Assert.Equal(penalty, a.TrainOnBatch(x, labels) - b.TrainOnBatch(x, labels), 1e-5 * penalty);
        Assert.Equal(a.TestOnBatch(x, labels), NewTrainer(active, Loss.SparseCategoricalCrossentropy(), threads: 2).TestOnBatch(x, labels));
        float[] y = new float[samples * 3], same = new float[samples * 3];
        active.Predict(x, y);
        inactive.Predict(x, same);
        Assert.Equal(same, y);
    }

    [Fact]
    public void Fit_and_Evaluate_report_the_mean_over_batches()
    {
        Dataset data = ToyData.Blobs(22, 5, 3);
        Active model = new(seed: 2);
        Trainer<Active> single = NewTrainer(model, Loss.SparseCategoricalCrossentropy()), trainer = NewTrainer(model, Loss.SparseCategoricalCrossentropy());
        double total = 0;
        Data.Reading.ForEach(data, 8, batch => total += single.TestOnBatch(batch.Input(0), batch.Target(0)) * batch.Count);
        Assert.Equal(total / 22, trainer.Evaluate(data, batchSize: 8)["loss"], 1e-6);
        History history = trainer.Fit(data, batchSize: 8, shuffle: false, validation: data);
        Assert.Equal(total / 22, history["loss"][0], 1e-5);
        Assert.Equal(total / 22, history["val_loss"][0], 1e-6);
    }

    [Fact]
    public void A_step_follows_the_gradient_of_the_penalty()
    {
        Active model = new(seed: 3);
        float[] x = Numbers(9 * 5), labels = new float[9], nothing = new float[9];
        Trainer<Active> trainer = new(model) { Optimizer = new SGD(0.001), Loss = Loss.SparseCategoricalCrossentropy() };

        // Weights of 0 leave the penalty alone.
        double before = trainer.TestOnBatch(x, labels, nothing);
        float[] start = model.GetWeights("dense/kernel"), head = model.GetWeights("dense_1/kernel");
        trainer.TrainOnBatch(x, labels, nothing);
        double change = model.GetWeights("dense/kernel").Zip(start).Sum(p => Math.Pow(p.First - p.Second, 2));
        change += model.GetWeights("dense/bias").Sum(b => (double)b * b);
        Assert.Equal(-change / 0.001, trainer.TestOnBatch(x, labels, nothing) - before, 0.05 * change / 0.001);
        Assert.Equal(head, model.GetWeights("dense_1/kernel"));
    }

    [Fact]
    public void A_scale_of_the_loss_scales_the_penalty_too()
    {
        Active plain = new(seed: 3), scaled = new(seed: 3);
        float[] x = Numbers(9 * 5), labels = [.. Enumerable.Range(0, 9).Select(i => (float)(i % 3))];
        Trainer<Active> a = new(plain) { Optimizer = new SGD(0.1), Loss = Loss.SparseCategoricalCrossentropy() };
        Trainer<Active> b = new(scaled) { Optimizer = new SGD(0.1) { LossScaleFactor = 1024 }, Loss = Loss.SparseCategoricalCrossentropy() };
        Assert.Equal(a.TrainOnBatch(x, labels), b.TrainOnBatch(x, labels), 1e-6);
        Assert.All(plain.GetWeights("dense/kernel").Zip(scaled.GetWeights("dense/kernel")), p => Assert.Equal(p.First, p.Second, 1e-6f));
    }

    [Fact]
    public void Padding_has_no_penalty()
    {
        ActiveSteps model = new(seed: 1);
        Trainer<ActiveSteps> trainer = NewTrainer(model, Loss.MeanSquaredError());
        float[] x = Numbers(2 * 5 * 3), y = new float[2 * 5 * 2];
        double both = trainer.TestOnBatch(x, y, [0, 0], [5, 3]);
        double first = trainer.TestOnBatch(x[..15], y[..10], [0], samples: 1), second = trainer.TestOnBatch(x[15..24], y[..6], [0], samples: 1);
        Assert.Equal(first + second, both, 1e-5 * both);
        Assert.Equal(both, trainer.TrainOnBatch(x, y, [0, 0], [5, 3]), 1e-5 * both);
    }

    [Fact]
    public void Sequences_that_go_on_have_the_penalty_of_whole_ones()
    {
        ActivePieces pieces = new(seed: 1);
        ActiveRuns runs = new(seed: 1);
        Copy(runs, pieces, "lstm/kernel", "lstm/recurrent_kernel", "lstm/bias");
        float[] x = Numbers(3 * 8 * 2), first = [.. x.Chunk(16).SelectMany(s => s[..8])], second = [.. x.Chunk(16).SelectMany(s => s[8..])], nothing = [0, 0, 0];
        double whole = NewTrainer(runs, Loss.MeanSquaredError()).TestOnBatch(x, new float[24], nothing);
        Trainer<ActivePieces> trainer = NewTrainer(pieces, Loss.MeanSquaredError());
        Assert.Equal(whole, trainer.TestOnBatch(first, new float[12], nothing) + trainer.TestOnBatch(second, new float[12], nothing), 1e-5 * whole);
        Assert.Equal(whole, trainer.TrainOnBatch(first, new float[12], nothing) + trainer.TrainOnBatch(second, new float[12], nothing), 1e-5 * whole);
    }

    [Fact]
    public void A_frozen_part_has_its_penalty_too()
    {
        ActiveSplit split = new(seed: 1);
        ActiveWhole whole = new(seed: 1);
        Copy(split, whole, "base/kernel", "head/kernel");
        whole["base"].Trainable = false;
        Trainer<ActiveSplit> a = new(split) { Optimizer = new SGD(0.1), Loss = Loss.SparseCategoricalCrossentropy() };
        Trainer<ActiveWhole> b = new(whole) { Optimizer = new SGD(0.1), Loss = Loss.SparseCategoricalCrossentropy() };
        Assert.NotNull(a.Step.Frozen);
        float[] x = Numbers(13 * 5), labels = new float[13], start = split.GetWeights("base/kernel");
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(b.TestOnBatch(x, labels), a.TestOnBatch(x, labels), 1e-5);
            Assert.Equal(b.TrainOnBatch(x, labels), a.TrainOnBatch(x, labels), 1e-5);
        }

        Assert.Equal(start, split.GetWeights("base/kernel"));
    }

    [Fact]
    public void A_spectrally_normalized_kernel_has_the_norm_1_and_inference_leaves_it()
    {
        Spectral model = new(seed: 4);
        Trainer<Spectral> trainer = NewTrainer(model, Loss.MeanSquaredError());
        float[] x = Numbers(7 * 6), y = new float[14], start = model.GetWeights("d/kernel"), vector = model.GetWeights("d/vector_u");
        trainer.TestOnBatch(x, y);
        model["d"].Trainable = false;
        trainer.TrainOnBatch(x, y);
        Assert.Equal(start, model.GetWeights("d/kernel"));
        Assert.Equal(vector, model.GetWeights("d/vector_u"));

        model["d"].Trainable = true;
        for (int i = 0; i < 60; i++) trainer.TrainOnBatch(x, y);
        float[] kernel = model.GetWeights("d/kernel");
        Assert.Equal(1, Norm(kernel, 6, 5), 1e-3);
        double factor = Norm(start, 6, 5);
        Assert.All(start.Zip(kernel), p => Assert.Equal(p.First / factor, p.Second, 1e-3));
        Assert.Equal(1, model.GetWeights("d/vector_u").Sum(u => (double)u * u), 1e-4);

        using TemporaryFolder folder = new();
        string path = folder["spectral.safetensors"];
        model.Save(path);
        Spectral again = new(seed: 5);
        again.LoadWeights(path);
        Assert.Equal(model.GetWeights("d/vector_u"), again.GetWeights("d/vector_u"));
        Assert.Equal(trainer.TestOnBatch(x, y), NewTrainer(again, Loss.MeanSquaredError()).TestOnBatch(x, y));
    }

    /// <summary>The largest singular value, by many power iterations on the product with the transpose.</summary>
    private static double Norm(float[] matrix, int rows, int columns)
    {
        double[] u = [.. Enumerable.Range(0, columns).Select(i => 1.0 + i)];
        double norm = 0;
        for (int i = 0; i < 2000; i++)
        {
            double[] v = [.. Enumerable.Range(0, rows).Select(r => Enumerable.Range(0, columns).Sum(c => matrix[(r * columns) + c] * u[c]))];
            norm = Math.Sqrt(v.Sum(a => a * a) / u.Sum(a => a * a));
            u = [.. Enumerable.Range(0, columns).Select(c => Enumerable.Range(0, rows).Sum(r => matrix[(r * columns) + c] * v[r]))];
            double length = Math.Sqrt(u.Sum(a => a * a));
            u = [.. u.Select(a => a / length)];
        }

        return norm;
    }
}
