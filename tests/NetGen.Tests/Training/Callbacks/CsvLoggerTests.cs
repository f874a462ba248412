namespace NetGen.Tests.Training.Callbacks;

public sealed class CsvLoggerTests
{
    private static string Read(string path) => File.ReadAllText(path);

    [Fact]
    public void Epochs_are_rows()
    {
        using TemporaryFolder folder = new();
        CsvLogger logger = new CsvLogger(folder["log.csv"]).Begin(CallbackRun.NewTrainer());
        logger.OnEpochEnd(0, new Logs { ["loss"] = 0.5, ["accuracy"] = 0.25 });
        Assert.Equal("epoch,accuracy,loss\n0,0.25,0.5\n", ReadShared(folder["log.csv"]));
        logger.OnEpochEnd(1, new Logs { ["loss"] = double.NaN });
        logger.OnTrainEnd();
        Assert.Equal("epoch,accuracy,loss\n0,0.25,0.5\n1,NA,NaN\n", Read(folder["log.csv"]));
    }

    [Fact]
    public void A_second_run_replaces_or_goes_on()
    {
        using TemporaryFolder folder = new();
        foreach (bool append in (bool[])[true, true])
        {
            CsvLogger logger = new CsvLogger(folder["log.csv"], ";", append).Begin(CallbackRun.NewTrainer());
            logger.Feed("x", 1);
            logger.OnTrainInterrupted();
        }

        Assert.Equal("epoch;loss;x\n0;0;1\n0;0;1\n", Read(folder["log.csv"]));
        CsvLogger anew = new CsvLogger(folder["log.csv"]).Begin(CallbackRun.NewTrainer());
        anew.OnTrainEnd();
        Assert.Equal("", Read(folder["log.csv"]));
    }

    /// <summary>Runs that crash and are started anew by the same call write what a whole run writes, behind an older run's rows where they append.</summary>
    [Theory]
    [InlineData(null, 6, false)]
    [InlineData(null, 6, true)]
    [InlineData(1, 6, false)]
    [InlineData(1, 6, true)]
    [InlineData(3, 5, false)]
    [InlineData(3, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(5, 6, true)]
    public void An_interrupted_run_writes_the_file_of_a_whole_one(int? saveFreq, int stepsToCrash, bool append)
    {
        using TemporaryFolder folder = new();
        Dataset data = ToyData.Blobs(64, Tiny.InputSize, Tiny.OutputSize);
        foreach (string file in new[] { "whole.csv", "log.csv" }) File.WriteAllText(folder[file], "epoch,accuracy,loss,val_accuracy,val_loss\n0,0.5,1,0.5,1\n7,0.5,1,0.5,1\n");
        void Fit(string file, params Callback[] more) => new Trainer<Tiny>(new Tiny(seed: 1))
        {
            Optimizer = new Adam(0.01),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            Seed = 17,
            Callbacks = [new CsvLogger(folder[file], append: append), .. more],
        }.Fit(data, epochs: 5, batchSize: 16, validation: data);
        Fit("whole.csv");
        int crashes = 0;
        for (bool isDone = false; !isDone;)
        {
            int steps = 0;
            LambdaCallback crash = new() { BatchEnd = (_, _) => _ = ++steps > stepsToCrash ? throw new InvalidOperationException("a crash") : 0 };
            try
            {
                Fit("log.csv", new BackupAndRestore(folder["backup"], saveFreq), crash);
                isDone = true;
            }
            catch (InvalidOperationException exception) when (exception.Message == "a crash")
            {
                Assert.True(++crashes < 20);
            }
        }

        Assert.InRange(crashes, 2, 9);
        string expected = Read(folder["whole.csv"]);
        Assert.Equal(append ? 8 : 6, expected.Count(c => c == '\n'));
        Assert.Equal(expected, Read(folder["log.csv"]));
    }

    /// <summary>What a checkpoint says of one file does not keep the lines of another.</summary>
    [Theory]
    [InlineData(false, "epoch,loss,x\n3,1,2\n")]
    [InlineData(true, "old\nolder\n3,1,2\n")]
    public void A_file_of_which_the_checkpoint_knows_nothing_is_replaced_or_gone_on_with(bool append, string expected)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder["log.csv"], "old\nolder\n");
        CsvLogger logger = new(folder["log.csv"], append: append) { Trainer = CallbackRun.NewTrainer(), Run = new FitInfo(3, 9, 32, 10, true) { IsResumed = true } };
        logger.OnTrainBegin();
        logger.LoadState(new Dictionary<string, string> { ["file"] = "other.csv", ["lines"] = "1" });
        logger.OnEpochEnd(3, new Logs { ["loss"] = 1, ["x"] = 2 });
        logger.OnTrainEnd();
        Assert.Equal(expected, Read(folder["log.csv"]));
    }

    private static string ReadShared(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
