namespace NetGen;

/// <summary>What stands outside an image.</summary>
public enum FillMode
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The nearest element: a a | a b c | c c.</summary>
    Nearest,

    /// <summary>The image mirrored, its edge twice: b a | a b c | c b.</summary>
    Reflect,

    /// <summary>The image again: b c | a b c | a b.</summary>
    Wrap,
}
