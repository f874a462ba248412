namespace NetGen;

/// <summary>How a model is imported.</summary>
public sealed class OnnxImportOptions
{
    /// <summary>The name of the class; made of the file's name unless given.</summary>
    public string? ClassName { get; init; }

    /// <summary>The namespace of the class; none unless given.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Which axis of the model's inputs is the batch; found unless given.</summary>
    public OnnxImportBatch Batch { get; init; }

    /// <summary>Numbers for sizes that the model only names, by their names: <c>["height"] = 224</c>. <c>["input:2"]</c> is axis 2 of the input of that name.</summary>
    public IReadOnlyDictionary<string, int> Dimensions { get; init; } = new Dictionary<string, int>();

    /// <summary>Inputs that never change, by their names, such as weights or sizes that the exporter left as inputs: they become part of the network.</summary>
    public IReadOnlyDictionary<string, ImportedConstant> Constants { get; init; } = new Dictionary<string, ImportedConstant>();

    /// <summary>Whether inputs keep the model's order of axes, which may cost a transpose; otherwise maps are given with the channels last.</summary>
    public bool KeepLayout { get; init; }

    /// <summary>
    /// Whether a model that is one step of a sequence, with its recurrent layers' states as inputs and outputs, becomes a network of whole sequences, whose stream goes step by step and
    /// keeps the states itself.
    /// </summary>
    public bool Stream { get; init; }

    /// <summary>Whether the class can be trained.</summary>
    public bool Training { get; init; } = true;
}

/// <summary>Which axis of a model's inputs is the batch.</summary>
public enum OnnxImportBatch
{
    /// <summary>The first, or of sequences time first the second, where no operator mixes its samples; else none.</summary>
    Auto,

    /// <summary>The first, or of sequences time first the second.</summary>
    First,

    /// <summary>None: all that a call gives is one sample.</summary>
    None,
}

/// <summary>A tensor that is known when a model is imported.</summary>
/// <param name="Shape">Its sizes; empty for a single number.</param>
/// <param name="Values">Its elements in row-major order.</param>
public sealed record ImportedConstant(IReadOnlyList<int> Shape, IReadOnlyList<double> Values);
