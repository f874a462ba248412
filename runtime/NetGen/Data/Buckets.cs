namespace NetGen;

/// <summary>Batches of samples of similar length out of a random order; a pure function of the order, the lengths, the seed and the epoch.</summary>
internal static class Buckets
{
    // The letters "BUCK": a stream apart from that of the samples' order.
    private const uint Stream = 0x4255434B;

    /// <summary>Rearranges an order.</summary>
    /// <param name="order">The samples in random order.</param>
    /// <param name="length">The length of a sample.</param>
    /// <param name="batchSize">The number of samples in a batch.</param>
    /// <param name="batches">How many batches are sorted together.</param>
    /// <param name="seed">The seed of the order of batches.</param>
    /// <param name="epoch">The epoch.</param>
    internal static void Arrange(int[] order, Func<int, long> length, int batchSize, int batches, ulong seed, int epoch)
    {
        long part = (long)batchSize * batches;
        for (long start = 0; start < order.Length; start += part)
        {
            // Equal lengths stay in random order: the place is the second key.
            int count = (int)Math.Min(part, order.Length - start);
            (long Length, int Place)[] keys = new (long, int)[count];
            for (int i = 0; i < count; i++) keys[i] = (length(order[start + i]), i);
            keys.AsSpan().Sort(order.AsSpan((int)start, count));
        }

        // The last batch may have fewer samples; it stays the last one.
        int[] whole = Permutation.Create(order.Length / batchSize, seed, epoch, Stream);
        int[] sorted = [.. order];
        for (int i = 0; i < whole.Length; i++) sorted.AsSpan(whole[i] * batchSize, batchSize).CopyTo(order.AsSpan(i * batchSize));
    }
}
