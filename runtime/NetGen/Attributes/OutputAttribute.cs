namespace NetGen;

/// <summary>Makes a layer's output an output of the network. Without it, the end of the tape is the only one.</summary>
/// <param name="from">The name of the layer, or another tap.</param>
public sealed class OutputAttribute(string from) : TapeAttribute
{
    /// <summary>The name of the layer or tap, which is also the output's.</summary>
    public string From { get; } = from;
}
