namespace NetGen.Generator;

/// <summary>A tensor so many times along each axis of a sample.</summary>
internal sealed class TileLayer : Layer
{
    public override string Kind => "Ops.Tile";

    public override IReadOnlyList<string> Arguments => ["Repeats"];

    public override Value Build(LayerContext context)
    {
        Shape sample = Batch.Sample(context.X.Shape);
        IReadOnlyList<long> repeats = context.Integers("Repeats", null, least: 1, most: int.MaxValue);
        if (repeats.Count != sample.Rank)
        {
            throw context.Fail("NG0012", "Repeats", $"Repeats of {context.Place} must have a number for each axis of a sample {sample}, not {repeats.Count}.");
        }

        // Each axis is split into the repetitions and itself.
        IEnumerable<Dim> split = sample.Dims.SelectMany((d, i) => repeats[i] == 1 ? new[] { d } : [1, d]);
        IEnumerable<Dim> spread = sample.Dims.SelectMany((d, i) => repeats[i] == 1 ? new[] { d } : [repeats[i], d]);
        Shape y = Shape.Of(sample.Dims.Select((d, i) => d * repeats[i]));
        context.CheckSize(Batch.With(context.X, y), "output");
        Value x = context.Graph.Add(new Reshape(Batch.With(context.X, Shape.Of(split))), context.X);
        return context.Graph.Add(new Reshape(Batch.With(context.X, y)), context.Graph.Add(new Map(Expr.In(0), Batch.With(context.X, Shape.Of(spread))), x));
    }
}
