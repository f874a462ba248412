namespace NetGen.Generator;

/// <summary>Y = the maximum or mean of each window of X; elements outside the map count for nothing.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
/// <param name="isMax">Whether it is the maximum.</param>
internal sealed class PoolingLayer(string kind, int rank, bool isMax) : Layer
{
    private static readonly string[] Paddings = ["Valid", "Same"];

    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["PoolSize", "Strides", "Padding", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        long[] size = [.. context.Integers("PoolSize", rank, [.. Enumerable.Repeat(2L, rank)], least: 1, most: int.MaxValue)];
        long[] strides = [.. context.Integers("Strides", rank, size, least: 1, most: int.MaxValue)];
        (int[] before, int[] after) = (new int[rank], new int[rank]);
        bool isSame = context.Enum("Padding", "Padding", Paddings, "Valid") == "Same";
        for (int i = 0; i < rank; i++)
        {
            Dim map = x.Shape[i + 1];
            if (isSame)
            {
                (before[i], after[i]) = SamePadding.Of(context, map, size[i], strides[i]);
            }
            else if (map.IsConstant && map.Constant < size[i])
            {
                throw context.Fail(
                    "NG0011",
                    context.Has("PoolSize") ? "PoolSize" : null,
                    $"The window ({string.Join(", ", size)}) of {context.Place} is larger than the map ({string.Join(", ", x.Shape.Slice(1, rank + 1).Dims)}) of {context.X.Shape}, in which it must lie with Padding.Valid.");
            }
        }

        PoolGeometry geometry = new(size.Select(s => (int)s).ToEquatableArray(), strides.Select(s => (int)s).ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray());
        return DataFormat.WriteMaps(context, SpatialPool.Apply(context, geometry, x, isMax));
    }
}
