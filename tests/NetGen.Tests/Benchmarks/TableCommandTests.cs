using NetGen.Benchmarks;

namespace NetGen.Tests.Benchmarks;

public sealed class TableCommandTests
{
    [Theory]
    [InlineData("")]
    [InlineData("\n  \n")]
    public void A_file_without_results_is_told(string text)
    {
        using TemporaryFolder folder = new();
        string file = folder["results.jsonl"];
        File.WriteAllText(file, text);
        Assert.Equal($"table: the file '{file}' has no results", Assert.Throws<UsageException>(() => TableCommand.Run(file)).Message);
    }

    [Fact]
    public void A_file_that_is_not_there_or_holds_something_else_is_told()
    {
        using TemporaryFolder folder = new();
        string file = folder["results.jsonl"];
        Assert.Equal($"table: there is no file '{file}'", Assert.Throws<UsageException>(() => TableCommand.Run(file)).Message);
        File.WriteAllText(file, "\n{\"limit\": 3}\n");
        Assert.StartsWith($"{file}, line 2: ", Assert.Throws<UsageException>(() => TableCommand.Run(file)).Message, StringComparison.Ordinal);
    }
}
