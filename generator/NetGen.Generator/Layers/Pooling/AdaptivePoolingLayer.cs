namespace NetGen.Generator;

/// <summary>
/// Y = the maximum or mean of each of as many windows as Y has places; along an axis of L elements window i of n is [floor(i L / n), ceil((i + 1) L / n)), so that they
/// cover the map evenly and may share elements.
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
/// <param name="isMax">Whether it is the maximum.</param>
internal sealed class AdaptivePoolingLayer(string kind, int rank, bool isMax) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["OutputSize", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        int[] outputs = [.. context.Integers("OutputSize", rank, least: 1, most: 1 << 20).Select(s => (int)s)], windows = new int[rank];
        if (!x.Shape.Slice(1, rank + 1).IsConstant)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes constant sizes of its axes of space, not {context.X.Shape}.");
        }

        context.CheckSize(Shape.Of([x.Shape[0], .. outputs.Select(o => (Dim)o), x.Shape.Last]), "output");
        for (int i = 0; i < rank; i++)
        {
            (int size, int count) = (checked((int)x.Shape[i + 1].Constant), outputs[i]);
            windows[i] = size / count;
            if (size % count != 0)
            {
                // Windows of unequal sizes are those of one size of another map: their means, or their elements side by side.
                (int Start, int Length)[] seen = [.. Enumerable.Range(0, count).Select(o => Window(o, size, count))];
                windows[i] = isMax ? seen.Max(w => w.Length) : 1;
                x = context.Graph.Add(Resample.Of(i + 1, size, isMax ? Elements(seen, windows[i]) : Means(seen)), x);
            }
        }

        PoolGeometry geometry = new(windows.ToEquatableArray(), windows.ToEquatableArray(), new int[rank].ToEquatableArray(), new int[rank].ToEquatableArray());
        return DataFormat.WriteMaps(context, windows.All(w => w == 1) ? x : SpatialPool.Apply(context, geometry, x, isMax));
    }

    private static (int Start, int Length) Window(int o, long size, long count)
    {
        (long start, long end) = (o * size / count, (((o + 1) * size) + count - 1) / count);
        return ((int)start, (int)(end - start));
    }

    private static (int Start, double[] Weights)[] Means((int Start, int Length)[] windows) => [.. windows.Select(w => (w.Start, Enumerable.Repeat(1.0 / w.Length, w.Length).ToArray()))];

    /// <summary>The elements of all windows; the last of a shorter one stands again, which changes no maximum, and no gradient, as that goes to the first.</summary>
    private static (int Start, double[] Weights)[] Elements((int Start, int Length)[] windows, int most) =>
        [.. windows.SelectMany(w => Enumerable.Range(0, most).Select(k => (w.Start + Math.Min(k, w.Length - 1), new[] { 1.0 })))];
}
