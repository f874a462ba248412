namespace NetGen;

/// <summary>Fills spans with random numbers of a distribution, element by element from (seed, stream, index).</summary>
internal static class Distributions
{
    /// <summary>Numbers from <paramref name="minval"/> up to, but not including, <paramref name="maxval"/>.</summary>
    internal static void FillUniform(Span<float> destination, double minval, double maxval, ulong seed, uint stream)
    {
        Philox.FillUniform(destination, seed, stream, 0);
        // A product that rounds up to the bound would leave the half-open range.
        float largest = maxval > minval ? MathF.BitDecrement((float)maxval) : (float)minval;
        foreach (ref float value in destination)
            value = Math.Min((float)(minval + (value * (maxval - minval))), largest);
    }

    /// <summary>Normally distributed numbers.</summary>
    internal static void FillNormal(Span<float> destination, double mean, double stddev, ulong seed, uint stream)
    {
        Philox.FillNormal(destination, seed, stream, 0);
        foreach (ref float value in destination)
            value = (float)(mean + (stddev * value));
    }

    /// <summary>Normally distributed numbers, of which those beyond two standard deviations are drawn again.</summary>
    internal static void FillTruncatedNormal(Span<float> destination, double mean, double stddev, ulong seed, uint stream)
    {
        Philox.FillNormal(destination, seed, stream, 0);
        for (int i = 0; i < destination.Length; i++)
        {
            float normal = destination[i];
            for (uint attempt = 1; Math.Abs(normal) > 2; attempt++)
                normal = Philox.Normal(seed, stream, attempt, i);
            destination[i] = (float)(mean + (stddev * normal));
        }
    }
}
