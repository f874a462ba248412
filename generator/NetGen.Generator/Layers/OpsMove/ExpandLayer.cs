namespace NetGen.Generator;

/// <summary>Repeats what has the size 1 along an axis until the shape is that of NumPy's broadcasting with another.</summary>
internal sealed class ExpandLayer : Layer
{
    public override string Kind => "Ops.Expand";

    public override IReadOnlyList<string> Arguments => ["Shape"];

    public override Value Build(LayerContext context)
    {
        Shape sample = Batch.Sample(context.X.Shape);
        Shape wanted = Shape.Of(context.Integers("Shape", null, [], least: 1, most: int.MaxValue).Select(d => (Dim)d));
        Shape target = Shape.Broadcast(sample, wanted)
            ?? throw context.Fail("NG0011", "Shape", $"{context.Place} cannot expand {sample} to {wanted}: sizes must be equal, or one of them 1.");
        context.CheckSize(Batch.With(context.X, target), "output");

        // The batch stays first where axes are put before those of a sample.
        Value x = context.X;
        x = x.Shape.Rank == 0 || sample.Rank == target.Rank ? x
            : context.Graph.Add(new Reshape(Batch.With(x, Shape.Of(Enumerable.Repeat((Dim)1, target.Rank - sample.Rank)) + sample)), x);
        return context.Graph.Add(new Map(Expr.In(0), Batch.With(context.X, target)), x);
    }
}
