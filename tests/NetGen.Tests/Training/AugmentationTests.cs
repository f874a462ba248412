namespace NetGen.Tests.Training;

/// <summary>What augmentations draw depends on the trainer's seed and the step alone: neither on threads nor on where a run began.</summary>
public sealed class AugmentationTests
{
    private const int Epochs = 4;

    private static readonly Dataset Data = Images(70);

    private static Trainer<Augmented> NewTrainer(Augmented model, ulong seed, int threads, params Callback[] callbacks) => new(model)
    {
        Optimizer = new Adam(0.01),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Seed = seed,
        Threads = threads,
        Callbacks = callbacks,
    };

    private static Dataset Images(int count)
    {
        Random random = new(7);
        float[] x = new float[count * 9 * 8 * 3];
        for (int i = 0; i < x.Length; i++) x[i] = (float)((2 * random.NextDouble()) - 1);
        return Dataset.FromArrays(x, [9, 8, 3], [.. Enumerable.Range(0, count).Select(_ => random.Next(5))]);
    }

    private static int[] Train(ulong seed, int threads = 1)
    {
        Augmented model = new(seed: 3);
        NewTrainer(model, seed, threads).Fit(Data, epochs: Epochs, batchSize: 16);
        return Bits(model);
    }

    private static int[] Bits(Augmented model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name)).Select(BitConverter.SingleToInt32Bits)];

    [Fact]
    public void A_seed_decides_all_bits_on_any_number_of_threads()
    {
        int[] expected = Train(seed: 5);
        Assert.Equal(expected, Train(seed: 5));
        Assert.Equal(expected, Train(seed: 5, threads: 2));
    }

    /// <summary>Without shuffling the order of the samples is the same, so that only what is drawn can differ.</summary>
    [Fact]
    public void Another_seed_draws_other_images()
    {
        int[] Step(ulong seed)
        {
            Augmented model = new(seed: 3);
            NewTrainer(model, seed, threads: 1).Fit(Data, epochs: 1, batchSize: 16, shuffle: false);
            return Bits(model);
        }

        Assert.Equal(Step(5), Step(5));
        Assert.NotEqual(Step(5), Step(6));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 1)]
    public void A_resumed_run_draws_what_the_uninterrupted_one_did(int before, int after)
    {
        using TemporaryFolder folder = new();
        NewTrainer(new Augmented(seed: 3), 5, before, new ModelCheckpoint(folder["epoch-{epoch:0}"])).Fit(Data, epochs: 2, batchSize: 16);
        Augmented model = new(seed: 99);
        Trainer<Augmented> resumed = NewTrainer(model, seed: 8, after);
        resumed.LoadCheckpoint(folder["epoch-2"]);
        resumed.Fit(Data, epochs: Epochs, batchSize: 16);
        Assert.Equal(Train(seed: 5), Bits(model));
    }
}
