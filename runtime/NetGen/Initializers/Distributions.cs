using System.Runtime.CompilerServices;

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
        for (int i = 0; i < destination.Length; i += FourNormals.Length)
        {
            FourNormals normals = Draw(seed, stream, attempt: 0, i);
            for (int j = 0; j < Math.Min(FourNormals.Length, destination.Length - i); j++)
                destination[i + j] = (float)(mean + (stddev * normals[j]));
        }
    }

    /// <summary>Normally distributed numbers, of which those beyond two standard deviations are drawn again.</summary>
    internal static void FillTruncatedNormal(Span<float> destination, double mean, double stddev, ulong seed, uint stream)
    {
        for (int i = 0; i < destination.Length; i += FourNormals.Length)
        {
            FourNormals normals = Draw(seed, stream, attempt: 0, i);
            for (int j = 0; j < Math.Min(FourNormals.Length, destination.Length - i); j++)
            {
                double normal = normals[j];
                for (uint attempt = 1; Math.Abs(normal) > 2; attempt++)
                    normal = Draw(seed, stream, attempt, i)[j];
                destination[i + j] = (float)(mean + (stddev * normal));
            }
        }
    }

    /// <summary>The four standard normal numbers of the elements from <paramref name="index"/>, a multiple of four (Box and Muller, 1958).</summary>
    private static FourNormals Draw(ulong seed, uint stream, uint attempt, int index)
    {
        var (x0, x1, x2, x3) = Philox.Generate(seed, (uint)(index / FourNormals.Length), 0, attempt, stream);
        FourNormals normals = default;
        (normals[0], normals[1]) = BoxMuller(x0, x1);
        (normals[2], normals[3]) = BoxMuller(x2, x3);
        return normals;
    }

    private static (double, double) BoxMuller(uint x0, uint x1)
    {
        const double Scale = 1.0 / (1L << 32);
        // The first number lies in (0, 1], so that its logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log((x0 + 1.0) * Scale));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * (x1 * Scale));
        return (radius * cosine, radius * sine);
    }

    [InlineArray(Length)]
    private struct FourNormals
    {
        internal const int Length = 4;
        private double _first;
    }
}
