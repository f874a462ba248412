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

    /// <summary>A sentence that says how much came of the file, and what was left out below it.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine, [$"{this.Loaded.Count} weights were loaded {(this.Matching == KerasMatching.ByName ? "by name" : "by order")}; {this.Skipped.Count} were left out.", .. this.Skipped]);
}
