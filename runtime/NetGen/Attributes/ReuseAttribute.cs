namespace NetGen;

/// <summary>Applies a layer of the tape once more, with the same weights: <c>[Reuse("encoder", From = "right")]</c>.</summary>
/// <param name="layer">The name of the layer.</param>
public sealed class ReuseAttribute(string layer) : TapeAttribute
{
    /// <summary>The name of the layer.</summary>
    public string Layer { get; } = layer;

    /// <summary>The name of the output that the layer takes this time, in place of the one before it.</summary>
    public string? From { get; set; }

    /// <summary>The name of this application's output.</summary>
    public string? Name { get; set; }
}
