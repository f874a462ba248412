namespace NetGen.Tests.Training;

/// <summary>A part that starts frozen runs as inference, and training begins behind its features.</summary>
public sealed class FrozenFeaturesTests
{
    private const int Samples = 22;
    private const int Epochs = 4;

    private static Dataset Images => ToyData.Blobs(Samples, 72, 3);

    private static Trainer<T> NewTrainer<T>(T model, long memory = 1 << 20, int threads = 2, IReadOnlyList<Callback>? callbacks = null)
        where T : Network<T>, INetwork<T> =>
        new(model) { Optimizer = new Adam(0.01), Loss = Loss.SparseCategoricalCrossentropy(), Seed = 5, FeatureMemory = memory, Threads = threads, Callbacks = callbacks ?? [] };

    private static float[] Weights(Network model, string part = "") => [.. model.Parameters.Where(p => p.Name.StartsWith(part, StringComparison.Ordinal)).SelectMany(p => model.GetWeights(p.Name))];

    /// <summary>Statistics that are no start values, so that folding them into the convolutions shows.</summary>
    private static T Warm<T>(T model)
        where T : Network
    {
        foreach (ParameterInfo parameter in model.Parameters.Where(p => p.Name.Contains("moving", StringComparison.Ordinal) || p.Name.EndsWith("beta", StringComparison.Ordinal)))
        {
            Random random = new(parameter.Name.Length);
            model.SetWeights(parameter.Name, [.. Enumerable.Range(0, parameter.Count).Select(_ => 0.2f + random.NextSingle())]);
        }

        return model;
    }

    [Fact]
    public void A_step_behind_the_features_is_that_of_the_whole_network()
    {
        SplitBase split = Warm(new SplitBase(seed: 1));
        WholeBase whole = Warm(new WholeBase(seed: 1));
        whole["base"].Trainable = false;
        Trainer<SplitBase> a = NewTrainer(split);
        Trainer<WholeBase> b = NewTrainer(whole);
        float[] start = Weights(split, "base/"), head = Weights(split, "head/");
        IReadOnlyList<double> losses = a.Fit(Images, Epochs, batchSize: 8)["loss"], expected = b.Fit(Images, Epochs, batchSize: 8)["loss"];
        Assert.NotNull(a.Step.Frozen);
        Assert.Null(b.Step.Frozen);
        Assert.All(losses.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(Weights(split, "head/").Zip(Weights(whole, "head/")), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
        Assert.NotEqual(head, Weights(split, "head/"));
        Assert.Equal(start, Weights(split, "base/"));
    }

    [Fact]
    public void Two_features_and_an_input_that_both_parts_read()
    {
        Dataset data = ToyData.Blobs(Samples, 5, 3);
        TwoFeatures kept = new(seed: 1), computed = new(seed: 1), live = new(seed: 1);
        Trainer<TwoFeatures> trainer = NewTrainer(kept);
        trainer.Fit(data, Epochs, batchSize: 8);
        Assert.Equal(Samples, trainer.Step.Frozen!.Computed);
        NewTrainer(computed, memory: 0).Fit(data, Epochs, batchSize: 8);
        Assert.Equal(Weights(computed), Weights(kept));

        // With a learning rate of 0 below, the live network does the same.
        foreach (string name in (string[])["low", "high"])
        {
            live[name].Trainable = true;
            live[name].LearningRateScale = 0;
        }

        NewTrainer(live).Fit(data, Epochs, batchSize: 8);
        Assert.All(Weights(kept).Zip(Weights(live)), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
    }

    [Theory]
    [InlineData(1 << 20, Samples)]
    [InlineData(0, Epochs * Samples)]
    public void Features_are_computed_once_where_there_is_room(long memory, long computed)
    {
        SplitBase model = new(seed: 1), expected = new(seed: 1);
        Trainer<SplitBase> trainer = NewTrainer(model, memory);
        trainer.Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(computed, trainer.Step.Frozen!.Computed);
        NewTrainer(expected, memory: 0, threads: 1).Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(Weights(expected), Weights(model));
    }

    [Fact]
    public void What_does_not_fit_is_computed_anew()
    {
        const int Floats = 8;
        SplitBase model = new(seed: 1), expected = new(seed: 1);
        Trainer<SplitBase> trainer = NewTrainer(model, memory: 15 * Floats * sizeof(float));
        trainer.Fit(Images, Epochs, batchSize: 1);
        Assert.Equal(Samples + ((Epochs - 1) * (Samples - 15)), trainer.Step.Frozen!.Computed);
        NewTrainer(expected, memory: 0).Fit(Images, Epochs, batchSize: 1);
        Assert.Equal(Weights(expected), Weights(model));
    }

    [Fact]
    public void Samples_that_a_map_changes_are_computed_in_each_epoch_unless_it_repeats()
    {
        static void Scale(SampleId sample, ReadOnlySpan<float> source, Span<float> destination)
        {
            for (int i = 0; i < source.Length; i++) destination[i] = source[i] * 0.5f;
        }

        foreach (bool repeats in (bool[])[false, true])
        {
            Dataset mapped = Images.Map(Scale, repeats: repeats), twice = mapped.Map(Scale, repeats: true);
            Assert.Equal((repeats, repeats, repeats), (mapped.RepeatsInputs, twice.RepeatsInputs, mapped.Prefetch().RepeatsInputs));
            Trainer<SplitBase> trainer = NewTrainer(new SplitBase(seed: 1));
            trainer.Fit(mapped.Prefetch(), Epochs, batchSize: 8);
            Assert.Equal(repeats ? Samples : Epochs * Samples, trainer.Step.Frozen!.Computed);
        }

        Assert.True(Images.ToCategorical().Shuffle(3).Take(5).RepeatsInputs);
    }

    [Fact]
    public void Weights_that_are_set_make_features_anew()
    {
        static LambdaCallback Change(Network model) => new()
        {
            EpochEnd = (epoch, _) =>
            {
                if (epoch == 1) model.SetWeights("base/bn1/beta", [1, 2, 3, 4, 5, 6]);
            },
        };
        SplitBase model = new(seed: 1), expected = new(seed: 1);
        Trainer<SplitBase> trainer = NewTrainer(model, callbacks: [Change(model)]);
        trainer.Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(2 * Samples, trainer.Step.Frozen!.Computed);
        NewTrainer(expected, memory: 0, callbacks: [Change(expected)]).Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(Weights(expected), Weights(model));
    }

    [Fact]
    public void Thawed_for_an_epoch_the_whole_network_trains_and_features_are_made_anew()
    {
        static LambdaCallback Thaw(Network model) => new() { EpochBegin = epoch => model["base"].Trainable = epoch == 1 };
        SplitBase model = new(seed: 1), expected = new(seed: 1);
        float[] start = Weights(model, "base/");
        Trainer<SplitBase> trainer = NewTrainer(model, callbacks: [Thaw(model)]);
        trainer.Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(2 * Samples, trainer.Step.Frozen!.Computed);
        Assert.All(model.Parameters.Where(p => p.Name.StartsWith("base/", StringComparison.Ordinal)), p => Assert.NotEqual(new SplitBase(seed: 1).GetWeights(p.Name), model.GetWeights(p.Name)));
        Assert.NotEqual(start, Weights(model, "base/"));
        NewTrainer(expected, memory: 0, callbacks: [Thaw(expected)]).Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(Weights(expected), Weights(model));
    }

    [Fact]
    public void Two_trainers_by_turns_make_features_of_what_the_weights_are()
    {
        (SplitBase kept, SplitBase expected) = (Turns(1 << 20), Turns(0));
        Assert.Equal(Weights(expected), Weights(kept));

        static SplitBase Turns(long memory)
        {
            SplitBase model = new(seed: 1);
            Trainer<SplitBase> head = NewTrainer(model, memory), tuning = NewTrainer(model, memory);
            for (int i = 0; i < 2; i++)
            {
                model["base"].Trainable = false;
                head.Fit(Images, 2, batchSize: 8);
                model["base"].Trainable = true;
                tuning.Fit(Images, 2, batchSize: 8);
            }

            return model;
        }
    }

    [Fact]
    public void Behind_augmentation_the_part_runs_on_what_the_same_random_numbers_made_and_nothing_is_kept()
    {
        AugmentedBase split = Warm(new AugmentedBase(seed: 1)), single = Warm(new AugmentedBase(seed: 1));
        AugmentedWhole whole = Warm(new AugmentedWhole(seed: 1));
        whole["base"].Trainable = false;
        Trainer<AugmentedBase> a = NewTrainer(split);
        Trainer<AugmentedWhole> b = NewTrainer(whole);
        IReadOnlyList<double> losses = a.Fit(Images, Epochs, batchSize: 8)["loss"], expected = b.Fit(Images, Epochs, batchSize: 8)["loss"];
        Assert.Equal(Epochs * Samples, a.Step.Frozen!.Computed);
        Assert.Null(b.Step.Frozen);
        Assert.All(losses.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-4));
        Assert.All(Weights(split).Zip(Weights(whole)), pair => Assert.Equal(pair.Second, pair.First, 1e-3f));
        NewTrainer(single, threads: 1).Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(Weights(single), Weights(split));
        float[] x = new float[64 * 72], y = new float[64];
        a.TrainOnBatch(x, y);
        Assert.Equal(0, Allocations.Of(() => a.TrainOnBatch(x, y)));
    }

    [Fact]
    public void Nothing_behind_a_random_layer_of_the_part_is_a_feature()
    {
        DropoutBetween model = new(seed: 1), expected = new(seed: 1);
        Trainer<DropoutBetween> trainer = NewTrainer(model);
        float[] high = model.GetWeights("high/kernel");
        IReadOnlyList<double> losses = trainer.Fit(Images, Epochs, batchSize: 8)["loss"];
        Assert.Equal(Samples, trainer.Step.Frozen!.Computed);
        NewTrainer(expected, memory: 0).Fit(Images, Epochs, batchSize: 8);
        Assert.Equal(Weights(expected), Weights(model));
        Assert.Equal(high, model.GetWeights("high/kernel"));

        // The dropout is there: without its random numbers the loss of equal weights would be the same twice.
        Trainer<DropoutBetween> still = new(model) { Optimizer = new SGD(1e-30), Loss = Loss.SparseCategoricalCrossentropy() };
        Assert.NotEqual(still.Fit(Images)["loss"][0], still.Fit(Images)["loss"][0]);
        Assert.Equal(Epochs, losses.Count);
    }

    [Fact]
    public void A_frozen_step_needs_less_memory_and_allocates_nothing()
    {
        SplitBase model = new(seed: 1);
        Trainer<SplitBase> trainer = NewTrainer(model);
        float[] x = new float[64 * 72], y = new float[64];
        trainer.TrainOnBatch(x, y);
        nint frozen = trainer.Step.ArenaLength;
        Assert.Equal(0, Allocations.Of(() => trainer.TrainOnBatch(x, y)));
        model["base"].Trainable = true;
        trainer.TrainOnBatch(x, y);
        nint live = trainer.Step.ArenaLength;
        Assert.True(live > 4 * frozen, $"{live} floats live, {frozen} frozen");
        model["base"].Trainable = false;
        trainer.TrainOnBatch(x, y);
        Assert.Equal(frozen, trainer.Step.ArenaLength);
    }

    [Fact]
    public void A_base_that_infers_is_fine_tuned_with_its_averages_as_they_are()
    {
        InferringBase model = Warm(new InferringBase(seed: 1));
        model["base"].Trainable = true;
        Dictionary<string, float[]> start = model.Parameters.ToDictionary(p => p.Name, p => model.GetWeights(p.Name));
        NewTrainer(model).Fit(Images, Epochs, batchSize: 8);
        foreach ((string name, float[] before) in start)
        {
            if (name.Contains("moving", StringComparison.Ordinal)) Assert.Equal(before, model.GetWeights(name));
            else Assert.NotEqual(before, model.GetWeights(name));
        }
    }

    [Fact]
    public void A_second_trainer_begins_with_its_own_optimizer_and_stops_and_resumes_as_the_first()
    {
        using TemporaryFolder folder = new();
        string file = folder["tuning.checkpoint"];
        SplitBase model = new(seed: 1);
        NewTrainer(model).Fit(Images, 3, batchSize: 8);
        model["base"].Trainable = true;
        model["base"].LearningRateScale = 0.1;
        EarlyStopping stopping = new("loss", minDelta: 10, patience: 1, restoreBestWeights: true);
        Trainer<SplitBase> tuning = NewTrainer(model, callbacks: [stopping]);
        Assert.Equal(0, tuning.Iterations);
        tuning.Fit(Images, 10, batchSize: 8);
        Assert.Equal(1, stopping.StoppedEpoch);

        Trainer<SplitBase> saved = NewTrainer(model);
        saved.Fit(Images, 2, batchSize: 8);
        saved.SaveCheckpoint(file);
        saved.Fit(Images, 4, batchSize: 8, initialEpoch: 2);
        SplitBase other = new(seed: 9);
        Trainer<SplitBase> resumed = NewTrainer(other);
        resumed.LoadCheckpoint(file);
        Assert.True(other["base"].Trainable);
        resumed.Fit(Images, 4, batchSize: 8);
        Assert.Equal(Weights(model), Weights(other));
    }

    [Fact]
    public void The_memory_of_features_is_not_negative() => Assert.Throws<ArgumentOutOfRangeException>(() => NewTrainer(new SplitBase(), memory: -1));
}
