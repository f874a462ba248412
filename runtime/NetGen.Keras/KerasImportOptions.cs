namespace NetGen;

/// <summary>How a Keras model becomes a class.</summary>
public sealed record KerasImportOptions
{
    /// <summary>The namespace of the class; none unless given.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The name of the class; made of the file's name unless given.</summary>
    public string? ClassName { get; init; }

    /// <summary>
    /// The shapes of inputs, without the batch, by their names, in place of the file's: for models whose images have any size, as each network is compiled for one. <see cref="Dim.Any"/> is a time.
    /// </summary>
    public IReadOnlyDictionary<string, int[]>? InputShapes { get; init; }

    /// <summary>Whether the class can be trained.</summary>
    public bool Training { get; init; } = true;
}
