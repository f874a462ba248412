namespace NetGen.Tests.Training.Callbacks;

public sealed class ModelCheckpointTests
{
    private static string[] Files(TemporaryFolder folder) => [.. Directory.GetFiles(folder.FullName).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_epoch_is_saved_under_its_name()
    {
        using TemporaryFolder folder = new();
        new ModelCheckpoint(folder["m-{epoch:00}-{val_loss:0.00}"]).Begin(CallbackRun.NewTrainer()).Feed("val_loss", 1, 0.5, 0.25);
        Assert.Equal(["m-01-1.00", "m-02-0.50", "m-03-0.25"], Files(folder));
        using CheckpointReader reader = new(folder["m-02-0.50"]);
    }

    [Fact]
    public void Only_the_best_is_saved()
    {
        using TemporaryFolder folder = new();
        new ModelCheckpoint(folder["{epoch}"], saveBestOnly: true, saveWeightsOnly: true).Begin(CallbackRun.NewTrainer()).Feed("val_loss", 1, 0.5, 0.7, 0.5, 0.4);
        Assert.Equal(["1", "2", "5"], Files(folder));
        Tiny.Load(folder["5"]);
        Assert.Throws<ModelFileException>(() => new CheckpointReader(folder["5"]));
    }

    [Fact]
    public void The_first_must_beat_a_threshold()
    {
        using TemporaryFolder folder = new();
        new ModelCheckpoint(folder["{epoch}"], saveBestOnly: true, initialValueThreshold: 0.6).Begin(CallbackRun.NewTrainer()).Feed("val_loss", 1, 0.5, 0.7);
        Assert.Equal(["2"], Files(folder));
    }

    [Fact]
    public void Batches_are_counted_over_epochs()
    {
        using TemporaryFolder folder = new();
        ModelCheckpoint checkpoint = new(folder["{epoch}-{batch}"], saveFreq: 5);
        Trainer<Tiny> trainer = new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [checkpoint] };
        trainer.Fit(ToyData.Blobs(32, 4, 3), epochs: 3, batchSize: 8);
        Assert.Equal(["2-1", "3-2"], Files(folder));
        Assert.Equal(folder["3-2"], checkpoint.LastPath);
    }

    /// <summary>A callback that stands behind it in the list has its say before the file is written.</summary>
    [Fact]
    public void It_comes_last()
    {
        using TemporaryFolder folder = new();
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Optimizer = new SGD(1),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new ModelCheckpoint(folder["c"]), new LambdaCallback { EpochEnd = (_, logs) => logs["mine"] = 3 }],
        };
        trainer.Fit(ToyData.Blobs(9, 4, 3));
        using CheckpointReader reader = new(folder["c"]);
        Assert.Equal([3], reader.Info.History["mine"]);
        Assert.Equal(1, reader.Info.Epoch);
    }

    [Fact]
    public void Paths_are_checked()
    {
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a-{epoch"));
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint("a-{epoch:02d}"));
        Assert.Throws<ArgumentException>(() => new ModelCheckpoint(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCheckpoint("a", saveFreq: 0));
        using TemporaryFolder folder = new();
        ModelCheckpoint unknown = new ModelCheckpoint(folder["{nose}"]).Begin(CallbackRun.NewTrainer());
        Assert.Contains("'nose'", Assert.Throws<InvalidOperationException>(() => unknown.Feed("val_loss", 1)).Message, StringComparison.Ordinal);
    }

    /// <summary>As in Keras, folders are made where they are not there.</summary>
    [Fact]
    public void Its_folder_is_made()
    {
        using TemporaryFolder folder = new();
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new ModelCheckpoint(Path.Combine(folder["a"], "b", "{epoch}", "c")), new LambdaCallback { BatchBegin = _ => Assert.True(Directory.Exists(Path.Combine(folder["a"], "b"))) }],
        };
        trainer.Fit(ToyData.Blobs(9, 4, 3), epochs: 2);
        Assert.True(File.Exists(Path.Combine(folder["a"], "b", "1", "c")) && File.Exists(Path.Combine(folder["a"], "b", "2", "c")));
    }
}
