namespace NetGen.Generator;

/// <summary>Maps (batch, height, width, channels) at another size: one matrix an axis, whose rows are a filter's weights around the place of a new element.</summary>
internal static class ImageResize
{
    public static readonly string[] Interpolations = ["Bilinear", "Nearest", "Bicubic", "Lanczos3", "Lanczos5", "Area"];

    /// <summary>The maps at a size.</summary>
    /// <param name="graph">Where to.</param>
    /// <param name="x">The maps, channels last, of constant size.</param>
    /// <param name="height">The new height.</param>
    /// <param name="width">The new width.</param>
    /// <param name="interpolation">One of <see cref="Interpolations"/>.</param>
    /// <param name="antialias">Whether the filter is as wide as the elements that it makes smaller; the nearest and the area have none.</param>
    public static Value Apply(Graph graph, Value x, int height, int width, string interpolation, bool antialias)
    {
        // The axis that shrinks more comes first, so that the other has less to do.
        (int Axis, int Size)[] axes = [(1, height), (2, width)];
        foreach ((int axis, int size) in axes.OrderBy(a => (double)a.Size / x.Shape[a.Axis].Constant))
        {
            int from = checked((int)x.Shape[axis].Constant);
            x = graph.Add(Resample.Of(axis, from, [.. Enumerable.Range(0, size).Select(o => Row(interpolation, o, from, size, antialias))]), x);
        }

        return x;
    }

    /// <summary>Where the weights of a new element begin, and the weights: half-pixel centres, and a sum of 1 also where a filter reaches out of the map.</summary>
    private static (int Start, double[] Weights) Row(string interpolation, int o, int from, int to, bool antialias)
    {
        double scale = (double)from / to;
        if (interpolation == "Nearest")
        {
            return (Math.Min(from - 1, (int)Math.Floor((o + 0.5) * scale)), [1]);
        }

        if (interpolation == "Area")
        {
            return Normalized(from, o * scale, (o + 1) * scale, i => Math.Min(i + 1, (o + 1) * scale) - Math.Max(i, o * scale));
        }

        (double radius, Func<double, double> filter) = interpolation switch
        {
            "Bilinear" => (1.0, (Func<double, double>)(d => Math.Max(0, 1 - d))),
            "Bicubic" => (2, Keys),
            "Lanczos3" => (3, d => Lanczos(d, 3)),
            _ => (5, d => Lanczos(d, 5)),
        };
        double wide = antialias ? Math.Max(scale, 1) : 1, center = ((o + 0.5) * scale) - 0.5;
        return Normalized(from, center - (radius * wide), center + (radius * wide) + 1, i => filter(Math.Abs(center - i) / wide));
    }

    private static (int Start, double[] Weights) Normalized(int size, double first, double end, Func<int, double> weight)
    {
        int start = Math.Max(0, (int)Math.Floor(first)), stop = Math.Min(size, (int)Math.Ceiling(end));
        double[] weights = [.. Enumerable.Range(start, stop - start).Select(weight)];

        // What is smaller than the rounding of a place is no part of it.
        int skipped = Math.Max(0, Array.FindIndex(weights, IsReal)), last = Array.FindLastIndex(weights, IsReal);
        double sum = weights.Sum();
        return (start + skipped, [.. weights.Skip(skipped).Take(last + 1 - skipped).Select(w => w / sum)]);

        static bool IsReal(double weight) => Math.Abs(weight) > 1e-12;
    }

    /// <summary>The cubic of Keys (1981) with a = -0.5.</summary>
    private static double Keys(double d) => d < 1 ? (((1.5 * d) - 2.5) * d * d) + 1 : d < 2 ? ((((-0.5 * d) + 2.5) * d) - 4) * d + 2 : 0;

    /// <summary>sinc(d) sinc(d / radius) within the radius (Lanczos, after Duchon 1979).</summary>
    private static double Lanczos(double d, int radius) =>
        d < 1e-3 ? 1 : d > radius ? 0 : radius * Math.Sin(Math.PI * d) * Math.Sin(Math.PI * d / radius) / (Math.PI * Math.PI * d * d);
}
