namespace NetGen.Generator;

/// <summary>What stands outside a map, in the order by which the runtime library counts them.</summary>
internal enum Extension
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The nearest element: a a | a b c | c c.</summary>
    Nearest,

    /// <summary>The map mirrored, its edge twice: b a | a b c | c b.</summary>
    Reflect,

    /// <summary>The map again: b c | a b c | a b.</summary>
    Wrap,
}

/// <summary>The elements that stand for those outside.</summary>
internal static class Extensions
{
    /// <summary>The place of the element at an index of the extended map; -1 for zero.</summary>
    public static int Place(this Extension extension, long index, int size)
    {
        if (index >= 0 && index < size)
        {
            return (int)index;
        }

        long period = extension == Extension.Reflect ? 2L * size : size;
        long within = ((index % period) + period) % period;
        return extension switch
        {
            Extension.Nearest => index < 0 ? 0 : size - 1,
            Extension.Reflect => (int)(within < size ? within : period - 1 - within),
            Extension.Wrap => (int)within,
            _ => -1,
        };
    }
}
