namespace NetGen;

/// <summary>What came of a Keras file of weights.</summary>
public sealed class KerasWeightReport
{
    internal KerasWeightReport(IReadOnlyList<string> loaded, IReadOnlyList<string> skipped, KerasMatching matching)
    {
        this.Loaded = loaded;
        this.Skipped = skipped;
        this.Matching = matching;
    }

    /// <summary>The names of the weights that were loaded.</summary>
    public IReadOnlyList<string> Loaded { get; }

    /// <summary>What was left out, a sentence each; empty without <see cref="KerasWeightOptions.SkipMismatch"/>.</summary>
    public IReadOnlyList<string> Skipped { get; }

    /// <summary>By name or by order, whichever it was.</summary>
    public KerasMatching Matching { get; }
}
