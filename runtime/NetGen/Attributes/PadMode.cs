namespace NetGen;

/// <summary>What <see cref="Ops.PadAttribute"/> puts around a tensor.</summary>
public enum PadMode
{
    /// <summary>One number.</summary>
    Constant,

    /// <summary>The tensor mirrored, its edge once: c b | a b c | b a.</summary>
    Reflect,

    /// <summary>The nearest element: a a | a b c | c c.</summary>
    Edge,

    /// <summary>The tensor again: b c | a b c | a b.</summary>
    Wrap,
}
