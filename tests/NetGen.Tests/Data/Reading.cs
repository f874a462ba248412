namespace NetGen.Tests.Data;

/// <summary>Reads whole epochs, for comparison.</summary>
internal static class Reading
{
    /// <summary>The first input of all samples of an epoch, concatenated.</summary>
    public static float[] Inputs(IDataSource source, int batchSize, ulong? seed = null, int epoch = 0, bool dropRemainder = false)
    {
        var values = new List<float>();
        ForEach(source, batchSize, batch => values.AddRange(batch.Input(0).ToArray()), seed, epoch, dropRemainder);
        return [.. values];
    }

    public static void ForEach(
        IDataSource source, int batchSize, Action<Batch> action, ulong? seed = null, int epoch = 0, bool dropRemainder = false)
    {
        var batch = new Batch(source, batchSize);
        using BatchReader reader = source.CreateReader(batchSize, seed, epoch, dropRemainder);
        while (reader.TryRead(batch)) action(batch);
    }

    /// <summary>A data set whose sample i has the input i and the target 10 i.</summary>
    public static Dataset Counting(int count) =>
        Dataset.FromArrays(Numbers(count), [1], [.. Numbers(count).Select(value => 10 * value)]);

    public static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(i => (float)i)];
}
