namespace NetGen;

/// <summary>a sigmoid(b), with a and b the halves of x along an axis.</summary>
public sealed class GLUAttribute : LayerAttribute
{
    /// <summary>The axis that is halved; the last unless given.</summary>
    public object? Axis { get; set; }
}
