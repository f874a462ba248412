namespace NetGen.Generator;

/// <summary>
/// Convolutions over one to three axes of space. Those over three are ones over the last two: the planes that a filter sees along the first axis stand side by side in the channels, group by group.
/// So there is one convolution, with its tiles, Winograd's forms and gradients; a volume costs copies of its planes, one for each that a filter is deep, while the products have that many times as long rows.
/// </summary>
internal static class SpatialConv
{
    /// <summary>Y of X (N, space..., C) and the filter (kernel..., C / groups, M).</summary>
    public static Value Convolve(Graph g, ConvGeometry geometry, Value x, Value filter)
    {
        if (geometry.Rank < 3)
        {
            return g.Add(new Conv(geometry), x, filter);
        }

        Shape y = geometry.OutputShape(x.Shape, filter.Shape);
        int taps = (int)filter.Shape[0].Constant;
        (int depth, int outputs) = ((int)x.Shape[1].Constant, (int)y[1].Constant);
        Dim planes = y[0] * outputs;
        (Dim height, Dim width, Dim perGroup) = (x.Shape[2], x.Shape[3], filter.Shape[3]);
        Value[] seen = [.. Enumerable.Range(0, taps).Select(k =>
            g.Add(new Reshape(Shape.Of(planes, height, width, geometry.Groups, perGroup)), g.Add(Resample.Of(1, depth, [.. Enumerable.Range(0, outputs).Select(o => Seen(geometry, o, k, depth))]), x)))];
        Value all = g.Add(new Reshape(Shape.Of(planes, height, width, x.Shape.Last * taps)), taps == 1 ? seen[0] : g.Add(new Concat(4), seen));
        Value convolved = g.Add(new Reshape(y), g.Add(new Conv(Plane(geometry)), all, PlaneFilter(g, filter)));
        g.Note(new VolumeConvForm(geometry, x, filter, convolved));
        return convolved;
    }

    /// <summary>dX, of a shape (N, space..., C), of dY and the filter.</summary>
    public static Value InputGradient(Graph g, ConvGeometry geometry, Value dY, Value filter, Shape x)
    {
        if (geometry.Rank < 3)
        {
            return g.Add(new ConvInputGradient(geometry, x), dY, filter);
        }

        int taps = (int)filter.Shape[0].Constant, groups = geometry.Groups;
        (int depth, int outputs) = ((int)x[1].Constant, (int)dY.Shape[1].Constant);
        Dim planes = dY.Shape[0] * outputs, channels = x.Last;
        (Dim height, Dim width) = (x[2], x[3]);
        Value plane = g.Add(new Reshape(Shape.Of(planes, dY.Shape[2], dY.Shape[3], dY.Shape.Last)), dY);
        Value all = g.Add(new ConvInputGradient(Plane(geometry), Shape.Of(planes, height, width, channels * taps)), plane, PlaneFilter(g, filter));
        Value apart = g.Add(new Reshape(Shape.Of(planes, height, width, groups, taps, filter.Shape[3])), all);
        Value[] parts = [.. Enumerable.Range(0, taps).Select(k =>
        {
            Value tap = g.Add(new Reshape(Shape.Of(x[0], outputs, height, width, channels)), g.Add(new Slice(4, k, 1), apart));
            return g.Add(Resample.Of(1, outputs, [.. Enumerable.Range(0, depth).Select(d => Seeing(geometry, d, k, outputs))]), tap);
        })];
        Value dX = g.Add(new Map(Enumerable.Range(1, taps - 1).Aggregate(Expr.In(0), (sum, k) => sum + Expr.In(k))), parts);
        g.Note(new VolumeConvTransposeForm(geometry, dY, filter, dX));
        return dX;
    }

    /// <summary>Refuses maps over three axes of space with a size that is known only at run time.</summary>
    public static void Require(LayerContext context, Shape x)
    {
        if (x.Rank > 4 && !x.Slice(1, x.Rank).IsConstant)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes constant sizes of three axes of space, not {context.X.Shape}.");
        }
    }

    /// <summary>The plane of X that a plane of Y sees by an element of the filter.</summary>
    private static (int Start, double[] Weights) Seen(ConvGeometry geometry, int output, int tap, int depth)
    {
        int at = (output * geometry.Strides[0]) - geometry.Before[0] + (tap * geometry.Dilations[0]);
        return at >= 0 && at < depth ? (at, [1]) : (0, []);
    }

    /// <summary>The plane of Y that sees a plane of X by an element of the filter.</summary>
    private static (int Start, double[] Weights) Seeing(ConvGeometry geometry, int plane, int tap, int outputs)
    {
        int steps = plane + geometry.Before[0] - (tap * geometry.Dilations[0]);
        return steps >= 0 && steps % geometry.Strides[0] == 0 && steps / geometry.Strides[0] < outputs ? (steps / geometry.Strides[0], [1]) : (0, []);
    }

    private static Value PlaneFilter(Graph g, Value filter)
    {
        Shape w = filter.Shape;
        return g.Add(new Reshape(Shape.Of(w[1], w[2], w[0] * w[3], w.Last)), g.Add(new Transpose(EquatableArray.Of(1, 2, 0, 3, 4)), filter));
    }

    private static ConvGeometry Plane(ConvGeometry geometry) => new(Last(geometry.Strides), Last(geometry.Before), Last(geometry.After), Last(geometry.Dilations), geometry.Groups);

    private static EquatableArray<int> Last(EquatableArray<int> numbers) => numbers.Skip(1).ToEquatableArray();
}
