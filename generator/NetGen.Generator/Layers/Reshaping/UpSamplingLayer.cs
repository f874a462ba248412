namespace NetGen.Generator;

/// <summary>Every element of the axes of space repeated, or images at a multiple of their size by a filter.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class UpSamplingLayer(string kind, int rank) : Layer
{
    /// <summary>Keras has no area here.</summary>
    private static readonly string[] Interpolations = [.. ImageResize.Interpolations.Where(i => i != "Area")];

    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["Size", .. rank > 1 ? new[] { "DataFormat" } : [], .. rank == 2 ? new[] { "Interpolation" } : []];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        IReadOnlyList<long> sizes = context.Integers("Size", rank, [.. Enumerable.Repeat(2L, rank)], least: 1, most: 1 << 20);
        string interpolation = rank != 2 ? "Nearest" : context.Enum("Interpolation", "Interpolation", Interpolations, "Nearest");
        if (interpolation == "Nearest")
        {
            return Repeat(context.Graph, context.X, DataFormat.FirstAxis(context), sizes);
        }

        Value x = ResizingLayer.ReadImages(context);
        int[] size = [.. sizes.Select((s, i) => checked((int)(s * x.Shape[i + 1].Constant)))];
        return DataFormat.WriteMaps(context, ImageResize.Apply(context.Graph, x, size[0], size[1], interpolation, antialias: false));
    }

    /// <summary>The elements of consecutive axes, each axis a number of times: an axis of size one behind each is broadcast, and both become one.</summary>
    public static Value Repeat(Graph graph, Value x, int first, IReadOnlyList<long> sizes)
    {
        List<Dim> apart = [], repeated = [], joined = [];
        for (int axis = 0; axis < x.Shape.Rank; axis++)
        {
            Dim size = x.Shape[axis];
            bool isRepeated = axis >= first && axis < first + sizes.Count;
            Dim factor = isRepeated ? sizes[axis - first] : 1;
            apart.Add(size);
            repeated.Add(size);
            joined.Add(size * factor);
            if (isRepeated)
            {
                apart.Add(1);
                repeated.Add(factor);
            }
        }

        Value y = graph.Add(new Map(Expr.In(0), Shape.Of(repeated)), graph.Add(new Reshape(Shape.Of(apart)), x));
        return graph.Add(new Reshape(Shape.Of(joined)), y);
    }
}
