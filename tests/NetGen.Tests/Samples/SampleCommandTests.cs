using System.CommandLine;
using NetGen.Samples;

namespace NetGen.Tests.Samples;

public sealed class SampleCommandTests
{
    private static readonly Option<string> Network = new("--network") { DefaultValueFactory = _ => "small" };

    private static readonly SampleCommand Command = new()
    {
        Description = "Trains.",
        DataHelp = "Data.",
        Defaults = new SampleOptions(Epochs: 20, BatchSize: 64, LearningRate: 0.002),
        Variant = (Network, "large", new SampleOptions(Epochs: 15, BatchSize: 64, LearningRate: 0.1)),
        Options = [Network],
    };

    [Fact]
    public void The_help_tells_both_defaults_where_they_differ()
    {
        using StringWriter output = new();
        Assert.Equal(0, Command.Make((_, _) => { }).Parse("--help").Invoke(new InvocationConfiguration { Output = output }));
        string help = string.Join(' ', output.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("With --network large the default is 15. [default: 20]", help, StringComparison.Ordinal);
        Assert.Contains("With --network large the default is 0.1. [default: 0.002]", help, StringComparison.Ordinal);
        Assert.Contains("Samples of a step. [default: 64]", help, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 20, 0.002)]
    [InlineData("--network small", 20, 0.002)]
    [InlineData("--network large", 15, 0.1)]
    [InlineData("--epochs 3 --network large", 3, 0.1)]
    public void The_defaults_are_those_of_what_else_is_said(string arguments, int epochs, double learningRate)
    {
        SampleOptions? seen = null;
        Assert.Equal(0, Command.Make((options, _) => seen = options).Parse(arguments).Invoke());
        Assert.Equal((epochs, 64, learningRate), (seen!.Epochs, seen.BatchSize, seen.LearningRate));
    }

    [Theory]
    [InlineData("", 20, 0.002)]
    [InlineData("--data folder", 40, 0.004)]
    [InlineData("--epochs 3 --data folder", 3, 0.004)]
    public void Data_may_have_defaults_of_their_own(string arguments, int epochs, double learningRate)
    {
        SampleOptions? seen = null;
        SampleCommand command = new()
        {
            Description = "Trains.",
            DataHelp = "Data.",
            Defaults = new SampleOptions(Epochs: 20, BatchSize: 64, LearningRate: 0.002),
            DataDefaults = new SampleOptions(Epochs: 40, BatchSize: 64, LearningRate: 0.004),
        };
        RootCommand made = command.Make((options, _) => seen = options);
        Assert.Equal(0, made.Parse(arguments).Invoke());
        Assert.Equal((epochs, 64, learningRate), (seen!.Epochs, seen.BatchSize, seen.LearningRate));
        Assert.Contains("With --data the default is 40.", made.Options.Single(option => option.Name == "--epochs").Description, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 20)]
    [InlineData("--file a", 100)]
    [InlineData("--file b --epochs 3", 3)]
    public void Any_value_of_an_option_may_bring_other_defaults(string arguments, int epochs)
    {
        SampleOptions? seen = null;
        Option<string?> file = new("--file");
        SampleCommand command = new()
        {
            Description = "Trains.",
            DataHelp = "Data.",
            Defaults = new SampleOptions(Epochs: 20, BatchSize: 64, LearningRate: 0.002),
            Variant = (file, null, new SampleOptions(Epochs: 100, BatchSize: 64, LearningRate: 0.002)),
            Options = [file],
        };
        RootCommand made = command.Make((options, _) => seen = options);
        Assert.Equal(0, made.Parse(arguments).Invoke());
        Assert.Equal(epochs, seen!.Epochs);
        Assert.Contains("With --file the default is 100.", made.Options.Single(option => option.Name == "--epochs").Description, StringComparison.Ordinal);
    }
}
