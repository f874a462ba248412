namespace NetGen.Generator;

/// <summary>Masks the time steps whose features all equal a value, and sets them to 0.</summary>
internal sealed class MaskingLayer : Layer
{
    public override string Kind => "Masking";

    public override IReadOnlyList<string> Arguments => ["MaskValue"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank < 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input with a time and features, not {x}.");
        }

        // The value as float32 holds it, because the data are that.
        float value = (float)context.Number("MaskValue", 0, least: -float.MaxValue, most: float.MaxValue);
        Value differs = context.Graph.Add(new Map(Expr.Call("Where", Expr.Call("NotEqual", Expr.In(0), (double)value), 1, 0)), context.X);
        Value kept = context.Graph.Add(new ReduceMax(EquatableArray.Of(x.Rank - 1), KeepDims: true), differs);
        context.Mask(context.Graph.Add(new Reshape(x.Slice(0, x.Rank - 1)), kept));
        return context.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), context.X, kept);
    }
}
