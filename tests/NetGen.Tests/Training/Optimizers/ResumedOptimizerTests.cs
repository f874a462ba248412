namespace NetGen.Tests.Training;

public sealed class ResumedOptimizerTests
{
    private static readonly Dataset Data = ToyData.Blobs(150, 37, 5);

    private static readonly Features[] All =
    [
        new(), new(Ema: true), new(Ema: true, Frequency: 3), new(Accumulation: 3), new(Ema: true, Frequency: 2, Accumulation: 3, Scale: 8),
    ];

    public static TheoryData<string> Names => Features.Names;

    /// <summary>In the middle of accumulation, behind an epoch's end, and before the first step.</summary>
    [Theory, MemberData(nameof(Names))]
    public void A_resumed_run_has_the_bits_of_an_uninterrupted_one(string name)
    {
        foreach (Features features in All)
        {
            using TemporaryFolder folder = new();
            Mixed whole = new(seed: 1);
            Trainer<Mixed> uninterrupted = Create(whole, name, features, new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1), new ModelCheckpoint(folder["{epoch}"]));
            uninterrupted.SaveCheckpoint(folder["0"]);
            uninterrupted.Fit(Data, epochs: 3, batchSize: 32);
            Assert.All(whole.Parameters, parameter => Assert.DoesNotContain(whole.GetWeights(parameter.Name), w => !float.IsFinite(w)));
            foreach (string file in new[] { "2-2", "2-3", "1", "0" })
            {
                Mixed model = new(seed: 99);
                Trainer<Mixed> resumed = Create(model, name, features);
                resumed.LoadCheckpoint(folder[file]);
                resumed.Fit(Data, epochs: 3, batchSize: 32);
                Assert.Equal(Features.Bits(whole), Features.Bits(model));
                Assert.Equal(Features.SlotBits(uninterrupted), Features.SlotBits(resumed));
                Assert.Equal((uninterrupted.Iterations, uninterrupted.BatchesTrained), (resumed.Iterations, resumed.BatchesTrained));
                Assert.Equal((15 / (features.Accumulation ?? 1), 15), (resumed.Iterations, resumed.BatchesTrained));
            }
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_crash_within_accumulation_is_gone_on_from_by_the_same_call(string name)
    {
        Features features = new(Ema: true, Accumulation: 4);
        using TemporaryFolder folder = new();
        Mixed whole = new(seed: 1), model = new(seed: 1);
        Create(whole, name, features).Fit(Data, epochs: 2, batchSize: 32);
        int steps = 0;
        Trainer<Mixed> crashing = Create(
            model, name, features, new BackupAndRestore(folder["backup"], saveFreq: 1), new LambdaCallback { BatchEnd = (_, _) => _ = ++steps > 6 ? throw new InvalidOperationException("a crash") : 0 });
        Assert.Equal("a crash", Assert.Throws<InvalidOperationException>(() => crashing.Fit(Data, epochs: 2, batchSize: 32)).Message);
        model = new(seed: 5);
        Create(model, name, features, new BackupAndRestore(folder["backup"], saveFreq: 1)).Fit(Data, epochs: 2, batchSize: 32);
        Assert.Equal(Features.Bits(whole), Features.Bits(model));
    }

    [Theory, MemberData(nameof(Names))]
    public void One_and_two_threads_give_the_same_bits(string name)
    {
        Features features = new(Ema: true, Frequency: 2, Accumulation: 2, Scale: 3);
        int[] Train(int threads)
        {
            Mixed model = new(seed: 11);
            Trainer<Mixed> trainer = new(model) { Optimizer = Features.Create(name, features), Loss = Loss.SparseCategoricalCrossentropy(), Seed = 4, Threads = threads };
            trainer.Fit(ToyData.Blobs(700, 37, 5), epochs: 2, batchSize: 128);
            return [.. Features.Bits(model), .. Features.SlotBits(trainer)];
        }

        Assert.Equal(Train(1), Train(2));
    }

    /// <summary>What was saved before there were averages, accumulation and blocks has the same form as what is saved without them now.</summary>
    [Fact]
    public void A_plain_checkpoint_has_nothing_new()
    {
        using TemporaryFolder folder = new();
        new Trainer<Tiny>(new Tiny()) { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy() }.SaveCheckpoint(folder["c"]);
        using CheckpointReader reader = new(folder["c"]);
        Assert.Equal(["learning_rate", "optimizer"], reader.Info.Values.Keys.Order());
        Assert.Equal(["momentum", "velocity"], reader.Tensors.Where(tensor => tensor.Name.StartsWith("optimizer/Adam/", StringComparison.Ordinal)).Select(tensor => tensor.Name.Split('/')[2]).Distinct().Order());
    }

    [Fact]
    public void Another_accumulation_or_without_averages_is_refused()
    {
        using TemporaryFolder folder = new();
        Create(new Mixed(), "SGD", new Features(Accumulation: 3)).SaveCheckpoint(folder["accumulating"]);
        Create(new Mixed(), "SGD", new Features(Ema: true)).SaveCheckpoint(folder["averaging"]);
        Trainer<Mixed> plain = Create(new Mixed(seed: 1), "SGD", new Features()), other = Create(new Mixed(), "SGD", new Features(Accumulation: 4));
        int[] before = Features.Bits(plain.Model);
        Assert.Contains("accumulates gradients over 3 batches; single ones are expected", Assert.Throws<ModelFileException>(() => plain.LoadCheckpoint(folder["accumulating"])).Message, StringComparison.Ordinal);
        Assert.Contains("over 3 batches; 4 are expected", Assert.Throws<ModelFileException>(() => other.LoadCheckpoint(folder["accumulating"])).Message, StringComparison.Ordinal);
        Assert.Contains("optimizer/SGD/average/dense/kernel", Assert.Throws<ModelFileException>(() => plain.LoadCheckpoint(folder["averaging"])).Message, StringComparison.Ordinal);
        Assert.Equal(before, Features.Bits(plain.Model));
    }

    private static Trainer<Mixed> Create(Mixed model, string name, Features features, params Callback[] callbacks) => new(model)
    {
        Optimizer = Features.Create(name, features),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Seed = 17,
        Callbacks = callbacks,
    };
}
