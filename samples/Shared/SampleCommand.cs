using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NetGen.Samples;

/// <summary>The command line of a sample: the options that all have, and errors in one line.</summary>
internal static class SampleCommand
{
    /// <summary>Reads the arguments and runs the sample.</summary>
    /// <param name="args">The arguments of the program.</param>
    /// <param name="description">What the sample does.</param>
    /// <param name="dataHelp">What folders it knows.</param>
    /// <param name="defaults">The settings where nothing is said.</param>
    /// <param name="run">The sample; the token is cancelled by Ctrl+C.</param>
    /// <param name="flag">An option of the sample's own that is on or off, with its help.</param>
    /// <returns>The exit code: 0, 1 after an error, 130 after Ctrl+C.</returns>
    public static int Run(
        string[] args, string description, string dataHelp, SampleOptions defaults, Action<SampleOptions, CancellationToken> run, (string Name, string Help)? flag = null)
    {
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Option<int> epochs = new("--epochs") { Description = "How often each sample is shown.", DefaultValueFactory = _ => defaults.Epochs };
        Option<int> batchSize = new("--batch-size") { Description = "Samples of a step.", DefaultValueFactory = _ => defaults.BatchSize };
        Option<double> learningRate = new("--learning-rate") { Description = "The learning rate of Adam.", DefaultValueFactory = _ => defaults.LearningRate };
        Option<ulong> seed = new("--seed") { Description = "Decides the start weights and the order of samples.", DefaultValueFactory = _ => defaults.Seed };
        Option<string?> data = new("--data") { Description = dataHelp, HelpName = "FOLDER" };
        Require(epochs, value => value >= 1, "a whole number of at least 1");
        Require(batchSize, value => value >= 1, "a whole number of at least 1");
        Require(learningRate, value => value > 0 && double.IsFinite(value), "a number above 0");
        RootCommand command = new(description) { epochs, batchSize, learningRate, seed, data };
        Option<bool>? own = flag is { } given ? new Option<bool>(given.Name) { Description = given.Help } : null;
        if (own is not null) command.Add(own);
        command.SetAction((parsed, cancellationToken) => Task.FromResult(Guard(() => run(
            new SampleOptions(
                parsed.GetValue(epochs), parsed.GetValue(batchSize), parsed.GetValue(learningRate), parsed.GetValue(seed), parsed.GetValue(data), own is not null && parsed.GetValue(own)),
            cancellationToken))));
        ParseResult read = command.Parse(args);
        return read.Errors is [ParseError error, ..] ? Guard(() => throw new ArgumentException(error.Message)) : read.Invoke();
    }

    /// <summary>Ends the sample where training has diverged, as no result would mean anything.</summary>
    /// <exception cref="ArgumentException">The loss is not finite.</exception>
    public static void RequireFinite(double loss, SampleOptions options)
    {
        if (!double.IsFinite(loss)) throw new ArgumentException($"The loss is {loss}: training has diverged. A learning rate below {options.LearningRate} may help.");
    }

    private static void Require<T>(Option<T> option, Func<T, bool> isGood, string expected) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<T>() is { } value && !isGood(value)) result.AddError($"{option.Name} is {value}; {expected} is expected.");
    });

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
            Console.Error.WriteLine("error: " + exception.Message.ReplaceLineEndings(" "));
            return 1;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("cancelled");
            return 130;
        }
    }
}
