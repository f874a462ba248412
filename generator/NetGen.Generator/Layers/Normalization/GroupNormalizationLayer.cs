namespace NetGen.Generator;

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta, with the statistics of each sample over groups of channels and all other axes (Wu and He 2018).</summary>
internal sealed class GroupNormalizationLayer : Layer
{
    public override string Kind => "GroupNormalization";

    public override IReadOnlyList<string> Arguments =>
    [
        "Groups", "Axis", "Epsilon", "Center", "Scale",
        "BetaInitializer", "GammaInitializer", "BetaRegularizer", "GammaRegularizer", "BetaConstraint", "GammaConstraint",
    ];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Shape x = context.X.Shape;
        if (x.Rank < 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank 2 or more, not {x}.");
        }

        int axis = context.Axis("Axis", -1);
        if (!x[axis].IsConstant)
        {
            throw context.Fail("NG0011", "Axis", $"{context.Place} needs a constant number of channels; axis {axis} of {x} is known only at run time.");
        }

        // -1 makes each channel a group: instance normalization.
        long channels = x[axis].Constant, groups = context.Integer("Groups", 32, least: -1, most: int.MaxValue);
        groups = groups == -1 ? channels : groups;
        if (groups == 0 || channels % groups != 0)
        {
            throw context.Fail("NG0012", context.Has("Groups") ? "Groups" : null, $"Groups of {context.Place} is {groups}, which must divide the {channels} channels of {x}; or -1, for one group a channel.");
        }

        Shape shape = Shape.Of(channels);
        Value? gamma = context.Boolean("Scale", true) ? context.Parameter("gamma", shape, "Ones()", "Gamma") : null;
        Value? beta = context.Boolean("Center", true) ? context.Parameter("beta", shape, "Zeros()", "Beta") : null;
        double epsilon = context.Number("Epsilon", 1e-3, least: 0);
        Value grouped = g.Add(new Reshape(x.Slice(0, axis) + Shape.Of(groups, channels / groups) + x.Slice(axis + 1, x.Rank)), context.X);
        EquatableArray<int> axes = Enumerable.Range(1, x.Rank).Where(i => i != axis).ToEquatableArray();
        Value mean = Reductions.Mean(g, grouped, axes, keepDims: true);
        Value square = g.Add(new Map((Expr.In(0) - Expr.In(1)) * (Expr.In(0) - Expr.In(1))), grouped, mean);
        Value deviation = g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), Reductions.Mean(g, square, axes, keepDims: true));
        List<Value> operands = [grouped, mean, deviation];
        Expr y = (Expr.In(0) - Expr.In(1)) / Expr.In(2);
        y = gamma is null ? y : y * Operand(gamma);
        y = beta is null ? y : y + Operand(beta);
        return g.Add(new Reshape(x), g.Add(new Map(y), [.. operands]));

        Expr Operand(Value value)
        {
            operands.Add(g.Add(new Reshape(Shape.Of(new Dim[] { groups, channels / groups }.Concat(Enumerable.Repeat((Dim)1, x.Rank - 1 - axis)))), value));
            return Expr.In(operands.Count - 1);
        }
    }
}
