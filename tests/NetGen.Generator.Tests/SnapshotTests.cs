namespace NetGen.Generator.Tests;

public sealed class SnapshotTests
{
    [Fact]
    public void AcceptsTheGoldenText() => Snapshot.Verify("one\r\ntwo\n");

    [Fact]
    public void NamesTheFirstDifference()
    {
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_GOLDEN") == "1")
        {
            Assert.Skip("Golden files are being written.");
        }

        Exception failure = Assert.ThrowsAny<Exception>(() => Snapshot.Verify("one\nthree\n", method: nameof(AcceptsTheGoldenText)));
        Assert.Contains("Line 2 differs: expected \"two\", found \"three\".", failure.Message, StringComparison.Ordinal);
        File.Delete(Path.Combine(Path.GetDirectoryName(SourceFile())!, $"{nameof(SnapshotTests)}.{nameof(AcceptsTheGoldenText)}.received.txt"));
    }

    private static string SourceFile([System.Runtime.CompilerServices.CallerFilePath] string file = "") => file;
}
