namespace NetGen.Generator;

/// <summary>Every element of the axes of space repeated.</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class UpSamplingLayer(string kind, int rank) : Layer
{
    private static readonly string[] Interpolations = ["Nearest"];

    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => rank == 1 ? ["Size"] : ["Size", "DataFormat", "Interpolation"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, rank);
        IReadOnlyList<long> sizes = context.Integers("Size", rank, [.. Enumerable.Repeat(2L, rank)], least: 1, most: 1 << 20);
        return Repeat(context.Graph, context.X, DataFormat.FirstAxis(context), sizes);
    }

    /// <summary>The elements of consecutive axes, each axis a number of times: an axis of size one behind each is broadcast, and both become one.</summary>
    private static Value Repeat(Graph graph, Value x, int first, IReadOnlyList<long> sizes)
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
