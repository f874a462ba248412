namespace NetGen.Generator;

/// <summary>Y = X / (bias + alpha / size sum)^beta, with the sum of X² over neighbouring channels.</summary>
internal sealed class OpsLRNLayer : Layer
{
    public override string Kind => "Ops.LRN";

    public override IReadOnlyList<string> Arguments => ["Size", "Alpha", "Beta", "Bias"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        if (context.X.Shape.Rank < 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input with channels, not {context.X.Shape}.");
        }

        int size = (int)context.Integer("Size", least: 1, most: 1 << 20);
        double alpha = context.Number("Alpha", 1e-4), beta = context.Number("Beta", 0.75), bias = context.Number("Bias", 1);
        Value sum = g.Add(new WindowSum((size - 1) / 2, size / 2), g.Add(new Map(Expr.In(0) * Expr.In(0)), context.X));
        Expr scale = bias + (Expr.In(1) * (alpha / size));

        // The powers in use are roots, which are cheaper and round less.
        Expr root = Expr.Call("Sqrt", scale);
        Expr divisor = beta switch
        {
            0.5 => root,
            0.75 => root * Expr.Call("Sqrt", root),
            1 => scale,
            _ => Expr.Call("Pow", scale, beta),
        };
        return g.Add(new Map(Expr.In(0) / divisor), context.X, sum);
    }
}
