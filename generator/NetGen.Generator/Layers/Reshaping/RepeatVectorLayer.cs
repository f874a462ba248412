namespace NetGen.Generator;

/// <summary>(batch, features) repeated over n time steps: (batch, n, features).</summary>
internal sealed class RepeatVectorLayer : Layer
{
    public override string Kind => "RepeatVector";

    public override IReadOnlyList<string> Arguments => ["N", "TimeOf"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank != 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank 2, not {x}.");
        }

        // A decoder whose length is another sequence's repeats over that one's time.
        Dim steps = context.Has("TimeOf") ? Time(context) : context.Integer("N", least: 1, most: int.MaxValue);
        Value one = context.Graph.Add(new Reshape(Shape.Of(x[0], 1, x[1])), context.X);
        return context.Graph.Add(new Map(Expr.In(0), Shape.Of(x[0], steps, x[1])), one);
    }

    private static Dim Time(LayerContext context)
    {
        if (context.Taps("TimeOf") is not [{ Value.Shape: var other }])
        {
            throw context.Fail("NG0012", "TimeOf", $"TimeOf of {context.Place} names one output, whose time it takes.");
        }

        return other.Rank >= 2 ? other[1] : throw context.Fail("NG0011", "TimeOf", $"TimeOf of {context.Place} names {other}, which has no time.");
    }
}
