using static NetGen.Tests.Training.SequenceChecks;

namespace NetGen.Tests.Training;

/// <summary>Layers with Stateful: pieces of long sequences, batch after batch, are as one.</summary>
public sealed class StatefulTests
{
    private const int Steps = 12;
    private const int Piece = 3;

    /// <summary>Few sequences, and more than a tile of inference holds.</summary>
    [Theory]
    [InlineData(3, 1)]
    [InlineData(101, 1)]
    [InlineData(101, 2)]
    [InlineData(1, 2)]
    public void Pieces_give_what_the_whole_gives(int count, int threads)
    {
        (float[] x, float[] y, Dataset pieces) = Data(count);
        Carrying model = new(seed: 4);
        Trainer<Carrying> trainer = NewTrainer(model, threads);
        float[] whole = new float[y.Length];
        model.Predict(x, whole, samples: count);
        float[] cut = trainer.Predict(pieces, count);
        for (int i = 0; i < whole.Length; i++) Assert.Equal(whole[i], cut[PlaceOf(i, count, 2)], 1e-5f);

        // Each run begins at zeros, and what was predicted leaves nothing in the network.
        Assert.Equal(cut, trainer.Predict(pieces, count));
        float[] again = new float[y.Length];
        model.Predict(x, again, samples: count);
        Assert.Equal(whole, again);

        double loss = whole.Zip(y, (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.Equal(loss, trainer.Evaluate(pieces, count)["loss"], 1e-5);
        Assert.Equal(loss, NewTrainer(model, threads, rate: 1e-30).Fit(pieces, batchSize: count, shuffle: false)["loss"][0], 1e-5);
    }

    [Fact]
    public void A_stream_has_its_own_states()
    {
        (float[] x, _, _) = Data(1);
        Carrying model = new(seed: 4);
        float[] whole = new float[2 * Steps], y = new float[2];
        model.Predict(x, whole, samples: 1);
        using InferenceStream stream = model.CreateStream();
        for (int step = 0; step < Steps; step++)
        {
            stream.Step(x.AsSpan(3 * step, 3), y);
            for (int k = 0; k < 2; k++) Assert.Equal(whole[(2 * step) + k], y[k], 1e-5f);
        }
    }

    /// <summary>What a batch leaves is what the next one starts from: the step with the second batch is that of a network that begins there.</summary>
    [Fact]
    public void Training_goes_on_from_batch_to_batch_and_epoch_to_epoch_until_it_is_reset()
    {
        (_, _, Dataset pieces) = Data(3);
        double[] Losses(int epochs, params Callback[] callbacks)
        {
            Recorder recorder = new();
            NewTrainer(new Carrying(seed: 4), 1, 1e-30, [.. callbacks, recorder]).Fit(pieces, epochs, 3, shuffle: false);
            return [.. recorder.Losses];
        }

        double[] carried = Losses(2), reset = Losses(2, new Resetting());
        Assert.Equal(carried[..4], reset[..4]);
        Assert.Equal(reset[..4], reset[4..]);
        Assert.NotEqual(carried[4], reset[4]);

        // Single batches go on from each other alike.
        Trainer<Carrying> single = NewTrainer(new Carrying(seed: 4), 1, 1e-30);
        double mean = 0;
        int index = 0;
        NetGen.Tests.Data.Reading.ForEach(pieces, 3, batch =>
        {
            double loss = single.TrainOnBatch(batch.Input(0), batch.Target(0), samples: 3);
            Assert.Equal(single.TestOnBatch(batch.Input(0), batch.Target(0), samples: 3), loss, 1e-6);
            mean += (loss - mean) / ++index;
            Assert.Equal(carried[index - 1], mean, 1e-6);
        });
        single.ResetStates();
        Assert.True(single.TrainOnBatch(new float[3 * 2], new float[2 * 2], samples: 2) >= 0);
    }

    [Fact]
    public void A_validation_leaves_training_where_it_was()
    {
        (_, _, Dataset pieces) = Data(3);
        Carrying plain = new(seed: 4), validated = new(seed: 4);
        NewTrainer(plain, 1).Fit(pieces, 3, 3, shuffle: false);
        NewTrainer(validated, 1).Fit(pieces, 3, 3, validation: pieces.Take(6), shuffle: false);
        Assert.Equal(Weights(plain), Weights(validated));
    }

    [Fact]
    public void The_bits_do_not_hang_on_threads_or_interruption()
    {
        using TemporaryFolder folder = new();
        (_, _, Dataset pieces) = Data(21);
        Carrying one = new(seed: 4), two = new(seed: 4), resumed = new(seed: 9);
        NewTrainer(one, 1).Fit(pieces, 6, 21, shuffle: false);
        Trainer<Carrying> interrupted = NewTrainer(two, 2);
        interrupted.Fit(pieces, 2, 21, shuffle: false);
        interrupted.SaveCheckpoint(folder["c"]);
        Trainer<Carrying> trainer = NewTrainer(resumed, 2);
        trainer.LoadCheckpoint(folder["c"]);
        trainer.Fit(pieces, 6, 21, shuffle: false);
        Assert.Equal(Weights(one), Weights(resumed));

        // Without what the file holds of the states it would not be so.
        Trainer<Carrying> forgetful = NewTrainer(new Carrying(seed: 9), 1);
        forgetful.LoadCheckpoint(folder["c"]);
        forgetful.ResetStates();
        forgetful.Fit(pieces, 6, 21, shuffle: false);
        Assert.NotEqual(Weights(one), Weights(forgetful.Model));
    }

    [Fact]
    public void Both_directions_and_lengths()
    {
        int[] lengths = [3, 0, 1, 2, 3, 3];
        float[][] runs = [.. lengths.Select((l, i) => Numbers(2 * l, i))];
        Dataset data = Dataset.FromSequences(runs, [2], Numbers(6, 77));
        CarryingBoth model = new(seed: 2);
        Trainer<CarryingBoth> trainer = new(model) { Loss = Loss.MeanSquaredError(), Optimizer = new SGD(0.05) };
        float[] carried = trainer.Predict(data, 2), alone = new float[2];
        for (int i = 0; i < 2; i++)
        {
            float[] x = new float[2 * 3 * 2];
            for (int k = 0; k < 2; k++) runs[k].CopyTo(x.AsSpan(6 * k));
            model.Predict(x, lengths.AsSpan(0, 2), alone);
            Assert.Equal(alone[i], carried[i], 1e-6f);
        }

        Assert.NotEqual(trainer.Predict(data.Skip(2), 2)[0], carried[2]);
        History history = trainer.Fit(data, 30, 2, shuffle: false);
        Assert.True(history["loss"][^1] < history["loss"][0]);

        // Frozen layers keep time, too.
        model["simple_rnn"].Trainable = false;
        double loss = new Trainer<CarryingBoth>(model) { Loss = Loss.MeanSquaredError(), Optimizer = new SGD(1e-30) }.Fit(data, 1, 2, shuffle: false)["loss"][0];
        Assert.Equal(trainer.Evaluate(data, 2)["loss"], loss, 1e-6);
    }

    [Fact]
    public void Batches_of_other_sizes_and_random_orders_are_refused_before_anything_changes()
    {
        (_, _, Dataset pieces) = Data(3);
        Carrying model = new(seed: 4);
        Trainer<Carrying> trainer = NewTrainer(model, 1);
        float[] before = Weights(model);
        Refuses(() => trainer.Fit(pieces, batchSize: 3), "Stateful", "shuffle: false");
        Refuses(() => trainer.Fit(pieces, batchSize: 5, shuffle: false), "12 are no multiple of the batch size 5", "last 2 out");
        Refuses(() => trainer.Evaluate(pieces, 5), "12 are no multiple");
        Refuses(() => trainer.Predict(pieces, 7), "12 are no multiple");
        Assert.Equal(before, Weights(model));
        trainer.TrainOnBatch(Numbers(9, 5), new float[6], samples: 3);
        before = Weights(model);
        Refuses(() => trainer.TrainOnBatch(new float[6], new float[4], samples: 2), "a batch of 2 samples cannot follow one of 3", "ResetStates");
        Assert.Equal(1, trainer.Iterations);
        Assert.Equal(before, Weights(model));
    }

    private static Trainer<Carrying> NewTrainer(Carrying model, int threads, double rate = 0.05, IReadOnlyList<Callback>? callbacks = null) => new(model)
    {
        Optimizer = new SGD(rate),
        Loss = Loss.MeanSquaredError(),
        Threads = threads,
        Callbacks = callbacks ?? [],
    };

    /// <summary>Whole sequences, and their pieces: first the beginnings of all, then what follows.</summary>
    private static (float[] X, float[] Y, Dataset Pieces) Data(int count)
    {
        float[] x = Numbers(count * Steps * 3, 1), y = Numbers(count * Steps * 2, 2), cutX = new float[x.Length], cutY = new float[y.Length];
        for (int i = 0; i < x.Length; i++) cutX[PlaceOf(i, count, 3)] = x[i];
        for (int i = 0; i < y.Length; i++) cutY[PlaceOf(i, count, 2)] = y[i];
        return (x, y, Dataset.FromArrays(cutX, [Piece, 3], cutY, [Piece, 2]));
    }

    private static int PlaceOf(int index, int count, int size)
    {
        (int sample, int step, int element) = (index / (Steps * size), index / size % Steps, index % size);
        return (((((step / Piece) * count) + sample) * Piece) + (step % Piece)) * size + element;
    }

    private static float[] Numbers(int count, int stream) => SequenceChecks.Numbers(count, seed: 31, stream);

    /// <summary>The mean loss of the epoch after each batch.</summary>
    private sealed class Recorder : Callback
    {
        public List<double> Losses { get; } = [];

        public override void OnBatchEnd(int batch, Logs logs) => Losses.Add(logs["loss"]);
    }

    private sealed class Resetting : Callback
    {
        public override void OnEpochBegin(int epoch) => Trainer.ResetStates();
    }
}
