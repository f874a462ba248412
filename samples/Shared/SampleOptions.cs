using System.CommandLine;

namespace NetGen.Samples;

/// <summary>The settings of a sample.</summary>
/// <param name="Epochs">How often each sample is shown.</param>
/// <param name="BatchSize">Samples of a step.</param>
/// <param name="LearningRate">The learning rate at its highest.</param>
/// <param name="Seed">Decides the start weights and the order of samples.</param>
/// <param name="Data">The folder of the data, or null for generated ones.</param>
/// <param name="Threads">The most threads that share a batch, or null for all processors.</param>
internal sealed record SampleOptions(int Epochs, int BatchSize, double LearningRate, ulong Seed = 1, string? Data = null, int? Threads = null)
{
    /// <summary>The whole command line, with the options of the sample's own.</summary>
    public ParseResult? CommandLine { get; init; }

    private ParseResult Said => CommandLine ?? throw new InvalidOperationException("These are defaults, of no command line.");

    /// <summary>What is said of an option of the sample's own, or its default.</summary>
    public T Get<T>(Option<T> option) => Said.GetRequiredValue(option);

    /// <summary>The same, where not every value will do.</summary>
    /// <exception cref="ArgumentException">The value will not do; the message names the option and what is expected.</exception>
    public T Get<T>(Option<T> option, Func<T, bool> isGood, string expected) => SampleCommand.Require(Said, option, isGood, expected);
}
