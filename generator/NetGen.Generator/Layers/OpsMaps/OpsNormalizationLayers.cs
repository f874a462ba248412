namespace NetGen.Generator;

/// <summary>Y = scale (X - mean) / sqrt(variance + epsilon) + bias, with the statistics of each channel of each sample.</summary>
internal sealed class OpsInstanceNormalizationLayer : Layer
{
    public override string Kind => "Ops.InstanceNormalization";

    public override IReadOnlyList<string> Arguments =>
        ["Epsilon", "ScaleInitializer", "BiasInitializer", "ScaleRegularizer", "BiasRegularizer", "ScaleConstraint", "BiasConstraint"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (x.Rank < 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes maps of rank 3 or more, not {x}.");
        }

        Value scale = context.Parameter("scale", Shape.Of(x.Last), "Ones()", "Scale");
        Value bias = context.Parameter("bias", Shape.Of(x.Last), "Zeros()", "Bias");
        (Value centered, Value variance) = Centered(context.Graph, context.X, Enumerable.Range(1, x.Rank - 2).ToEquatableArray());
        double epsilon = context.Number("Epsilon", 1e-5, least: 0);
        return context.Graph.Add(new Map((Expr.In(0) / Expr.Call("Sqrt", Expr.In(1) + epsilon) * Expr.In(2)) + Expr.In(3)), centered, variance, scale, bias);
    }

    /// <summary>X less its mean over axes, and the variance.</summary>
    public static (Value Centered, Value Variance) Centered(Graph g, Value x, EquatableArray<int> axes)
    {
        Value centered = g.Add(new Map(Expr.In(0) - Expr.In(1)), x, Reductions.Mean(g, x, axes, keepDims: true));
        return (centered, Reductions.Mean(g, g.Add(new Map(Expr.In(0) * Expr.In(0)), centered), axes, keepDims: true));
    }
}

/// <summary>Y = (X - mean) / (deviation + 1e-9), with the statistics of each sample over some axes.</summary>
internal sealed class OpsMeanVarianceNormalizationLayer : Layer
{
    public override string Kind => "Ops.MeanVarianceNormalization";

    public override IReadOnlyList<string> Arguments => ["Axes"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        bool isGiven = context.Has("Axes") && context.Integers("Axes", null).Count > 0;
        if (!isGiven && x.Rank < 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes maps of rank 3 or more where it names no axes, not {x}.");
        }

        IReadOnlyList<int> axes = isGiven ? context.Axes("Axes", []) : [.. Enumerable.Range(1, x.Rank - 2)];
        (Value centered, Value variance) = OpsInstanceNormalizationLayer.Centered(context.Graph, context.X, axes.ToEquatableArray());

        // What does not vary is 0 for any divisor; a root of 0 would have no gradient.
        return context.Graph.Add(new Map(Expr.In(0) / (Expr.Call("Sqrt", Expr.Call("Max", Expr.In(1), 1e-30)) + 1e-9)), centered, variance);
    }
}

/// <summary>Y = X / norm of X along an axis; where that is 0, Y is.</summary>
internal sealed class OpsLpNormalizationLayer : Layer
{
    public override string Kind => "Ops.LpNormalization";

    public override IReadOnlyList<string> Arguments => ["Axis", "P"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        int axis = context.Axis("Axis", -1);
        bool isSquare = context.Integer("P", 2, least: 1, most: 2) == 2;
        Value terms = g.Add(new Map(isSquare ? Expr.In(0) * Expr.In(0) : Expr.Call("Abs", Expr.In(0))), context.X);
        Value sum = g.Add(new ReduceSum(EquatableArray.Of(axis), KeepDims: true), terms);

        // The root is taken of what is not 0, so that it has a gradient.
        Expr divisor = Expr.Call("Where", Expr.Call("Equal", Expr.In(1), 0), 1, Expr.In(1));
        return g.Add(new Map(Expr.In(0) / (isSquare ? Expr.Call("Sqrt", divisor) : divisor)), context.X, sum);
    }
}
