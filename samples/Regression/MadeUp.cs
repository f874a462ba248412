namespace NetGen.Samples;

/// <summary>A set made up from a smooth function with interactions, in the manner of Friedman (1991), with one number that means nothing.</summary>
internal static class MadeUp
{
    private const int Features = 6;

    /// <summary>As many rows as asked for; the same ones for the same seed.</summary>
    public static Dataset Draw(int count, int seed)
    {
        Random random = new(seed);
        float[] x = new float[count * Features], y = new float[count];
        for (int i = 0; i < x.Length; i++) x[i] = random.NextSingle();
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = x.AsSpan(i * Features, Features);
            float noise = random.NextSingle() - 0.5f;
            y[i] = (10 * MathF.Sin(MathF.PI * row[0] * row[1])) + (20 * (row[2] - 0.5f) * (row[2] - 0.5f)) + (10 * row[3]) + (5 * row[4]) + noise;
        }

        return Dataset.FromArrays(x, [Features], y);
    }
}
