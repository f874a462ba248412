namespace NetGen;

/// <summary>How an element between others is made of them.</summary>
public enum Interpolation
{
    /// <summary>Their mixture by distance.</summary>
    Bilinear,

    /// <summary>The nearest one.</summary>
    Nearest,

    /// <summary>Keys's cubic over four, with a = -0.5.</summary>
    Bicubic,

    /// <summary>A windowed sinc over six.</summary>
    Lanczos3,

    /// <summary>A windowed sinc over ten.</summary>
    Lanczos5,

    /// <summary>The mean over the area that it covers.</summary>
    Area,
}
