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

    private static string ReadShared(string path)
    {
        using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}
