namespace NetGen;

/// <summary>Random orders that are a pure function of (seed, epoch): Fisher-Yates over a counter-based hash.</summary>
internal static class Permutation
{
    // The increment of SplitMix64 (Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014): 2^64 over the golden ratio.
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>The numbers 0..count-1 in random order.</summary>
    internal static int[] Create(int count, ulong seed, int epoch)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++) order[i] = i;
        Shuffle(order, seed, epoch);
        return order;
    }

    /// <summary>Shuffles in place.</summary>
    internal static void Shuffle(Span<int> order, ulong seed, int epoch)
    {
        ulong key = Mix(Mix(seed + Golden) ^ (uint)epoch);
        for (int i = order.Length - 1; i > 0; i--)
        {
            // The upper half of the 128-bit product maps the hash onto 0..i; its bias is below 2^-33.
            int j = (int)Math.BigMul(Mix(key + ((ulong)i * Golden)), (ulong)i + 1, out _);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary>The finalizer of SplitMix64 (variant 13 of Stafford's mixers).</summary>
    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
