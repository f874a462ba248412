namespace NetGen.Generator;

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta, with the statistics of each sample over some axes.</summary>
internal sealed class LayerNormalizationLayer : Layer
{
    public override string Kind => "LayerNormalization";

    public override IReadOnlyList<string> Arguments =>
    [
        "Axis", "Epsilon", "Center", "Scale", "RmsScaling",
        "BetaInitializer", "GammaInitializer", "BetaRegularizer", "GammaRegularizer", "BetaConstraint", "GammaConstraint",
    ];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        IReadOnlyList<int> axes = context.Axes("Axis", [-1]);
        EquatableArray<int> reduced = axes.ToEquatableArray();
        double epsilon = context.Number("Epsilon", 1e-3, least: 0);
        bool isRms = context.Boolean("RmsScaling", false);
        Shape x = context.X.Shape;
        Shape shape = Shape.Of(axes.Select(a => x[a]));
        Value mean = Reductions.Mean(g, context.X, reduced, keepDims: true);
        Value square = g.Add(new Map((Expr.In(0) - Expr.In(1)) * (Expr.In(0) - Expr.In(1))), context.X, mean);
        Value deviation = g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), Reductions.Mean(g, square, reduced, keepDims: true));
        List<Value> operands = [context.X, mean, deviation];

        // Keras's rms_scaling divides by the deviation around the mean but takes the mean off nothing.
        Expr y = isRms ? Expr.In(0) / Expr.In(2) : (Expr.In(0) - Expr.In(1)) / Expr.In(2);
        Value? gamma = context.Boolean("Scale", true) || isRms ? context.Parameter("gamma", shape, "Ones()", "Gamma") : null;
        Value? beta = context.Boolean("Center", true) && !isRms ? context.Parameter("beta", shape, "Zeros()", "Beta") : null;
        y = gamma is null ? y : y * Operand(gamma);
        y = beta is null ? y : y + Operand(beta);
        Value result = Map.Apply(g, y, operands);
        if (!isRms && axes.SequenceEqual(Enumerable.Range(axes[0], x.Rank - axes[0])) && shape.IsConstant)
        {
            g.Note(new LayerNormalizationForm(context.X, gamma, beta, axes[0], epsilon, result));
        }

        return result;

        Expr Operand(Value value)
        {
            operands.Add(Align(g, x, axes, value));
            return Expr.In(operands.Count - 1);
        }
    }

    /// <summary>A weight with one element for each place along some axes, in a shape that broadcasts to that of the input.</summary>
    public static Value Align(Graph g, Shape x, IReadOnlyList<int> axes, Value weight)
    {
        int first = axes[0];
        return first + axes.Count == x.Rank ? weight : g.Add(new Reshape(Shape.Of(Enumerable.Range(first, x.Rank - first).Select(i => axes.Contains(i) ? x[i] : (Dim)1))), weight);
    }
}
