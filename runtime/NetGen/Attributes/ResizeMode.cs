namespace NetGen;

/// <summary>How <see cref="Ops.ResizeAttribute"/> makes an element of those around its place.</summary>
public enum ResizeMode
{
    /// <summary>The nearest of them.</summary>
    Nearest,

    /// <summary>The mixture of the two on each axis.</summary>
    Linear,

    /// <summary>A cubic of the four on each axis.</summary>
    Cubic,
}
