namespace NetGen;

/// <summary>How weights of a Keras file are taken over.</summary>
public sealed record KerasWeightOptions
{
    /// <summary>By name or by order.</summary>
    public KerasMatching Matching { get; init; }

    /// <summary>
    /// Whether what does not fit is left out: layers that only one side has, and weights of another shape, such as those of a new head. Keras calls it <c>skip_mismatch</c>. False unless set:
    /// nothing is then changed unless everything fits.
    /// </summary>
    public bool SkipMismatch { get; init; }

    /// <summary>
    /// Layers of the file that are passed over, by their names in it or those of models that they belong to: the top of a whole architecture, of which a base is loaded. What else the network does not
    /// have stays unexpected, so that a file of a larger architecture is told.
    /// </summary>
    public IReadOnlyList<string> IgnoredLayers { get; init; } = [];
}
