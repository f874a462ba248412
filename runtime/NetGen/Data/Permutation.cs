namespace NetGen;

/// <summary>Random orders that are a pure function of (seed, epoch): Fisher-Yates (Durstenfeld's form, 1964) over <see
/// cref="Philox"/>.</summary>
internal static class Permutation
{
    // The letters "SHUF": a stream apart from those of the layers, which count from 0.
    private const uint Stream = 0x53485546;

    /// <summary>The numbers 0..count-1 in random order.</summary>
    internal static int[] Create(int count, ulong seed, int epoch, uint stream = Stream)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Shuffle(order, seed, epoch, stream);
        return order;
    }

    /// <summary>Shuffles in place.</summary>
    internal static void Shuffle(Span<int> order, ulong seed, int epoch, uint stream = Stream)
    {
        for (int i = order.Length - 1; i > 0; i--)
        {
            int j = (int)Philox.Below(i + 1L, seed, stream, (uint)epoch, i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }
}
