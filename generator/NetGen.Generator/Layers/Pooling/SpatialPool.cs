namespace NetGen.Generator;

/// <summary>Maxima and means of windows over one to three axes of space.</summary>
internal static class SpatialPool
{
    /// <summary>
    /// Y of X (N, space..., C). Over three axes it is a maximum of maxima, or a mean of means: the real elements of a window are those of its planes, in each of them equally many.
    /// </summary>
    public static Value Apply(LayerContext context, PoolGeometry geometry, Value x, bool isMax)
    {
        Graph g = context.Graph;
        if (geometry.Rank < 3)
        {
            return Pool(geometry, x);
        }

        Shape s = x.Shape;
        SpatialConv.Require(context, s);
        Value planes = Pool(Part(geometry, 1, 2), g.Add(new Reshape(Shape.Of(s[0] * s[1], s[2], s[3], s.Last)), x));
        Shape p = planes.Shape;
        Value lines = Pool(Part(geometry, 0, 1), g.Add(new Reshape(Shape.Of(s[0], s[1], p[1] * p[2] * p[3])), planes));
        Value y = g.Add(new Reshape(Shape.Of(s[0], lines.Shape[1], p[1], p[2], p[3])), lines);
        g.Note(new VolumePoolForm(isMax ? "MaxPool" : "AveragePool", geometry, x, y));
        return y;

        Value Pool(PoolGeometry over, Value of) => g.Add(isMax ? new MaxPool(over) : new AveragePool(over), of);
    }

    private static PoolGeometry Part(PoolGeometry geometry, int first, int count)
    {
        return new PoolGeometry(Of(geometry.Size), Of(geometry.Strides), Of(geometry.Before), Of(geometry.After)) { Dilations = Of(geometry.Dilations) };

        EquatableArray<int> Of(EquatableArray<int> numbers) => numbers.Skip(first).Take(count).ToEquatableArray();
    }
}
