namespace NetGen.Tests.Training.Callbacks;

public sealed class BackupAndRestoreTests : IDisposable
{
    private static readonly Dataset Data = ToyData.Blobs(64, Tiny.InputSize, Tiny.OutputSize);

    private readonly TemporaryFolder folder = new();

    private string Backup => folder["backup"];

    public void Dispose() => folder.Dispose();

    /// <summary>What ended the run is thrown out of a callback, as a crash would end it; every call of Fit is the same.</summary>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public void The_same_call_goes_on_where_the_last_one_was_ended(int? saveFreq)
    {
        Tiny whole = new(seed: 1);
        History expected = Create(whole).Fit(Data, epochs: 5, batchSize: 16, validation: Data);
        int attempts = 0, last = 0;
        for (; ; attempts++)
        {
            Tiny model = new(seed: attempts == 0 ? 1UL : 7);
            int steps = 0;
            Trainer<Tiny> trainer = Create(
                model, new BackupAndRestore(Backup, saveFreq), new LambdaCallback { BatchEnd = (_, _) => _ = ++steps > 6 ? throw new InvalidOperationException("a crash") : 0 });
            try
            {
                History history = trainer.Fit(Data, epochs: 5, batchSize: 16, validation: Data);
                Assert.Equal(Bits(whole), Bits(model));
                Assert.Equal(expected.Epochs, history.Epochs);
                foreach (string name in expected.Names) Assert.Equal(expected[name], history[name]);
                break;
            }
            catch (InvalidOperationException crash) when (crash.Message == "a crash")
            {
                // Every attempt comes further, or the test would not end.
                Assert.True(trainer.Iterations > last);
                last = (int)trainer.Iterations;
            }
        }

        Assert.InRange(attempts, 2, 5);
        Assert.Empty(Directory.GetFiles(Backup));
    }

    [Fact]
    public void A_cancelled_run_goes_on_from_its_last_backup()
    {
        using CancellationTokenSource source = new();
        Tiny whole = new(seed: 1), model = new(seed: 9);
        Create(whole).Fit(Data, epochs: 3, batchSize: 16);
        int steps = 0;
        LambdaCallback canceller = new()
        {
            BatchEnd = (_, _) =>
            {
                if (++steps == 7) source.Cancel();
            },
        };
        Trainer<Tiny> cancelled = Create(new Tiny(seed: 1), new BackupAndRestore(Backup, 2), canceller);
        Assert.Throws<OperationCanceledException>(() => cancelled.Fit(Data, epochs: 3, batchSize: 16, cancellationToken: source.Token));
        Trainer<Tiny> resumed = Create(model, new BackupAndRestore(Backup, 2));
        resumed.Fit(Data, epochs: 3, batchSize: 16);
        Assert.Equal(Bits(whole), Bits(model));
    }

    [Fact]
    public void A_backup_that_is_kept_ends_the_next_run_at_once()
    {
        Trainer<Tiny> trainer = Create(new Tiny(seed: 1), new BackupAndRestore(Backup, deleteCheckpoint: false));
        trainer.Fit(Data, epochs: 2);
        long steps = trainer.Iterations;
        Trainer<Tiny> next = Create(new Tiny(seed: 2), new BackupAndRestore(Backup, deleteCheckpoint: false));
        History history = next.Fit(Data, epochs: 2);
        Assert.Equal(steps, next.Iterations);
        Assert.Equal([0, 1], history.Epochs);
        Assert.Equal(Bits(trainer.Network), Bits(next.Network));
        next.Fit(Data, epochs: 3);
        Assert.Equal(steps * 3 / 2, next.Iterations);
    }

    [Fact]
    public void The_backup_before_stands_in_for_a_damaged_one()
    {
        Create(new Tiny(seed: 1), new BackupAndRestore(Backup, doubleCheckpoint: true, deleteCheckpoint: false)).Fit(Data, epochs: 3);
        string latest = Path.Combine(Backup, "latest.checkpoint");
        File.WriteAllBytes(latest, File.ReadAllBytes(latest)[..100]);
        Assert.Throws<ModelFileException>(() => Create(new Tiny(), new BackupAndRestore(Backup)).Fit(Data, epochs: 3));
        Tiny whole = new(seed: 1), model = new(seed: 5);
        Create(whole).Fit(Data, epochs: 3);
        byte[] good = File.ReadAllBytes(Path.Combine(Backup, "previous.checkpoint"));
        Trainer<Tiny> resumed = Create(
            model,
            new BackupAndRestore(Backup, doubleCheckpoint: true),
            new LambdaCallback { TrainBegin = () => Assert.Equal(good, File.ReadAllBytes(latest)) });
        resumed.Fit(Data, epochs: 3);
        Assert.Equal(3, resumed.Epoch);
        Assert.Equal(Bits(whole), Bits(model));
        Assert.Empty(Directory.GetFiles(Backup));
    }

    /// <summary>Ended between the last epoch and the end of Fit: what remains is the end, with the best weights.</summary>
    [Fact]
    public void A_run_that_was_stopped_early_is_not_trained_further()
    {
        Callback[] Callbacks(params Callback[] more) => [new EarlyStopping("loss", minDelta: 10, patience: 2, restoreBestWeights: true), .. more];
        Tiny whole = new(seed: 1), model = new(seed: 2);
        History expected = Create(whole, Callbacks()).Fit(Data, epochs: 9);
        Assert.Equal(3, expected.Epochs.Count);
        Trainer<Tiny> ended = Create(new Tiny(seed: 1), Callbacks(new BackupAndRestore(Backup), new LambdaCallback { TrainEnd = () => throw new InvalidOperationException("a crash") }));
        Assert.Throws<InvalidOperationException>(() => ended.Fit(Data, epochs: 9));
        Trainer<Tiny> resumed = Create(model, Callbacks(new BackupAndRestore(Backup)));
        Assert.Equal(expected.Epochs, resumed.Fit(Data, epochs: 9).Epochs);
        Assert.Equal(Bits(whole), Bits(model));
    }

    [Fact]
    public void Arguments_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new BackupAndRestore(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BackupAndRestore(Backup, 0));
    }

    private static Trainer<Tiny> Create(Tiny model, params Callback[] callbacks) => new(model)
    {
        Optimizer = new Adam(0.01),
        Loss = Loss.SparseCategoricalCrossentropy(),
        Metrics = [Metric.Accuracy()],
        Seed = 17,
        Callbacks = callbacks,
    };

    private static int[] Bits(Network model) => [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name)).Select(BitConverter.SingleToInt32Bits)];
}
