using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NetGen.Samples;

/// <summary>The command line of a sample: the options that all have, its own ones, help with examples, and errors in one line.</summary>
internal sealed class SampleCommand
{
    private const string Count = "a whole number of at least 1";

    /// <summary>What the sample does.</summary>
    public required string Description { get; init; }

    /// <summary>What folders of data it knows.</summary>
    public required string DataHelp { get; init; }

    /// <summary>The settings where nothing is said.</summary>
    public required SampleOptions Defaults { get; init; }

    /// <summary>The settings with data where nothing else is said, if they are others.</summary>
    public SampleOptions? DataDefaults { get; init; }

    /// <summary>An option of the sample's own, with a value of it, or null for any, that brings other defaults.</summary>
    public (Option Option, string? Value, SampleOptions Defaults)? Variant { get; init; }

    /// <summary>Options of the sample's own.</summary>
    public IReadOnlyList<Option> Options { get; init; } = [];

    /// <summary>Arguments that are worth a try, for the help.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Reads the arguments and runs the sample.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="run">The sample; the token is cancelled by Ctrl+C.</param>
    /// <returns>The exit code: 0, 1 after an error, 130 after Ctrl+C.</returns>
    public int Run(string[] args, Action<SampleOptions, CancellationToken> run)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        ParseResult read = Make(run).Parse(args);
        return read.Errors is [ParseError error, ..] ? Guard(() => throw new ArgumentException(error.Message)) : read.Invoke();
    }

    /// <summary>The command with all options.</summary>
    public RootCommand Make(Action<SampleOptions, CancellationToken> run)
    {
        Option<string?> data = new("--data") { Description = DataHelp, HelpName = "FOLDER" };
        Option<int> epochs = Setting("--epochs", "How often each sample is shown.", options => options.Epochs, data);
        Option<int> batchSize = Setting("--batch-size", "Samples of a step.", options => options.BatchSize, data);
        Option<double> learningRate = Setting("--learning-rate", "The learning rate at its highest.", options => options.LearningRate, data);
        Option<ulong> seed = Setting("--seed", "Decides the start weights and the order of samples.", options => options.Seed, data);
        Option<int?> threads = new("--threads") { Description = "The most threads that share a batch; all processors where it is left out. The result is the same." };
        RootCommand command = new(Description) { epochs, batchSize, learningRate, seed, threads, data };
        foreach (Option own in Options) command.Add(own);
        HelpOption help = command.Options.OfType<HelpOption>().Single();
        if (Examples.Count > 0) help.Action = new ExamplesAction((HelpAction)help.Action!, Examples);
        command.SetAction((read, cancellationToken) => Task.FromResult(Guard(() => run(
            new SampleOptions(
                Require(read, epochs, value => value >= 1, Count),
                Require(read, batchSize, value => value >= 1, Count),
                Require(read, learningRate, value => value > 0 && double.IsFinite(value), "a number above 0"),
                read.GetValue(seed),
                read.GetValue(data),
                Require(read, threads, value => value is null or >= 1, Count))
            {
                CommandLine = read,
            },
            cancellationToken))));
        return command;
    }

    /// <summary>Ends the sample where training has diverged, as no result would mean anything.</summary>
    /// <exception cref="ArgumentException">The loss is not finite.</exception>
    public static void RequireFinite(double loss, SampleOptions options)
    {
        if (!double.IsFinite(loss)) throw new ArgumentException($"The loss is {loss}: training has diverged. A learning rate below {options.LearningRate} may help.");
    }

    /// <summary>The value of an option, where not every value will do.</summary>
    /// <exception cref="ArgumentException">The value will not do; the message names the option and what is expected.</exception>
    public static T Require<T>(ParseResult read, Option<T> option, Func<T, bool> isGood, string expected) => read.GetValue(option) switch
    {
        { } value when !isGood(value) => throw new ArgumentException($"{option.Name} is {value}; {expected} is expected."),
        var value => value!,
    };

    /// <summary>An option with the default of what else is said; its help tells both defaults where they differ.</summary>
    private Option<T> Setting<T>(string name, string description, Func<SampleOptions, T> value, Option<string?> data)
    {
        T usual = value(Defaults);
        (string said, T other, Func<SymbolResult, bool> isSaid) = (Variant, DataDefaults) switch
        {
            ({ } variant, _) => ($"{variant.Option.Name} {variant.Value}".TrimEnd(), value(variant.Defaults), line => line.GetResult(variant.Option)?.Tokens is [Token token] && (variant.Value ?? token.Value) == token.Value),
            (_, { } defaults) => (data.Name, value(defaults), line => line.GetResult(data) is not null),
            _ => ("", usual, (Func<SymbolResult, bool>)(_ => false)),
        };
        return new(name)
        {
            Description = EqualityComparer<T>.Default.Equals(usual, other) ? description : $"{description} With {said} the default is {other}.",
            DefaultValueFactory = line => isSaid(line) ? other : usual,
        };
    }

    private static int Guard(Action run)
    {
        try
        {
            run();
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException or ArgumentException)
        {
            // What a user can mend: a path, a file, a setting.
            Console.Error.WriteLine("error: " + exception.Message);
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled");
            return 130;
        }
    }
}
