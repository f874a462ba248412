namespace NetGen.Generator;

/// <summary>
/// Y = gamma (X - mean) / sqrt(variance + epsilon) + beta per channel. In training the batch's statistics serve (masked steps do not count) and move the averages that
/// serve in inference. Frozen, it runs in inference mode in training too. With renorm (Ioffe 2017) the batch's statistics are corrected towards averages of their own.
/// </summary>
internal sealed class BatchNormalizationLayer : Layer
{
    public override string Kind => "BatchNormalization";

    public override IReadOnlyList<string> Arguments =>
    [
        "Axis", "Momentum", "Epsilon", "Center", "Scale",
        "BetaInitializer", "GammaInitializer", "MovingMeanInitializer", "MovingVarianceInitializer",
        "BetaRegularizer", "GammaRegularizer", "BetaConstraint", "GammaConstraint",
        "Renorm", "RenormMomentum",
    ];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        if (context.X.Shape.Rank < 2)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes an input of rank 2 or more, not {context.X.Shape}.");
        }

        Graph g = context.Graph;
        int axis = context.Axis("Axis", -1);
        double epsilon = context.Number("Epsilon", 1e-3, least: 0);
        Shape shape = Shape.Of(context.X.Shape[axis]);
        Value? gamma = context.Boolean("Scale", true) ? context.Parameter("gamma", shape, "Ones()", "Gamma") : null;
        Value? beta = context.Boolean("Center", true) ? context.Parameter("beta", shape, "Zeros()", "Beta") : null;
        Value movingMean = context.Parameter("moving_mean", shape, "Zeros()", "MovingMean", trainable: false);
        Value movingVariance = context.Parameter("moving_variance", shape, "Ones()", "MovingVariance", trainable: false);
        Renorm? renorm = context.Boolean("Renorm", false) ? new Renorm(context, shape) : null;
        if (!context.Training)
        {
            // Both depend on parameters only: they are computed once per version of the weights and fold into the product before.
            Value scale = g.Add(new Map((gamma is null ? 1 : Expr.In(1)) / Expr.Call("Sqrt", Expr.In(0) + epsilon)), gamma is null ? [movingVariance] : [movingVariance, gamma]);
            Value shift = g.Add(new Map((beta is null ? 0 : Expr.In(2)) - (Expr.In(0) * Expr.In(1))), beta is null ? [movingMean, scale] : [movingMean, scale, beta]);
            return g.Add(new Map((Expr.In(0) * Expr.In(1)) + Expr.In(2)), context.X, Spread(scale), Spread(shift));
        }

        double momentum = context.Number("Momentum", 0.99, least: 0, most: 1);
        (Value mean, Value variance) = Moments(context, axis);
        Expr moved = (Expr.In(0) * momentum) + (Expr.In(1) * (1 - momentum));
        context.Update(movingMean, latest => g.Add(new Map(moved), latest, mean));
        context.Update(movingVariance, latest => g.Add(new Map(moved), latest, variance));
        (Value r, Value d)? correction = renorm?.Correct(context, mean, variance, epsilon);
        if (context.Live is { } live)
        {
            Expr select = Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2));
            mean = g.Add(new Map(select), live, mean, movingMean);
            variance = g.Add(new Map(select), live, variance, movingVariance);
            if (correction is { } both)
            {
                correction = (g.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 1)), live, both.r), g.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 0)), live, both.d));
            }
        }

        List<Value> operands = [context.X, Spread(mean), Spread(g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), variance))];
        Expr y = (Expr.In(0) - Expr.In(1)) / Expr.In(2);
        if (correction is { } c)
        {
            y = (y * Operand(c.r)) + Operand(c.d);
        }

        y = gamma is null ? y : y * Operand(gamma);
        y = beta is null ? y : y + Operand(beta);
        return g.Add(new Map(y), [.. operands]);

        Expr Operand(Value value)
        {
            operands.Add(Spread(value));
            return Expr.In(operands.Count - 1);
        }

        Value Spread(Value value) => ChannelAxis.Spread(g, value, context.X.Shape.Rank, axis);
    }

    private static (Value Mean, Value Variance) Moments(LayerContext context, int axis)
    {
        Graph g = context.Graph;
        Value x = context.X;
        EquatableArray<int> axes = Enumerable.Range(0, x.Shape.Rank).Where(i => i != axis).ToEquatableArray();
        if (context.Masks[0] is not { } mask)
        {
            Value mean = Reductions.Mean(g, x, axes, keepDims: false);
            Value square = g.Add(new Map((Expr.In(0) - Expr.In(1)) * (Expr.In(0) - Expr.In(1))), x, ChannelAxis.Spread(g, mean, x.Shape.Rank, axis));
            return (mean, Reductions.Mean(g, square, axes, keepDims: false));
        }

        if (mask.Shape.Rank != x.Shape.Rank - 1)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes a mask with one axis less than its input; they are {mask.Shape} and {x.Shape}.");
        }

        // Keras's masked moments, with its epsilon of 1e-7 under the weights.
        Value weight = g.Add(new Map(Expr.In(0), x.Shape.With(-1, 1)), g.Add(new Reshape(mask.Shape + Shape.Of(1)), mask));
        Value count = g.Add(new Map(Expr.In(0) + 1e-7), g.Add(new ReduceSum(axes), g.Add(new Map(Expr.In(0), x.Shape), weight)));
        Value weighted = g.Add(new Map(Expr.In(0) * Expr.In(1)), x, weight);
        Value maskedMean = g.Add(new Map(Expr.In(0) / Expr.In(1)), g.Add(new ReduceSum(axes), weighted), count);
        Expr difference = Expr.In(0) - Expr.In(1);
        Value distance = g.Add(new Map(Expr.In(2) * difference * difference), weighted, ChannelAxis.Spread(g, maskedMean, x.Shape.Rank, axis), weight);
        return (maskedMean, g.Add(new Map(Expr.In(0) / Expr.In(1)), g.Add(new ReduceSum(axes), distance), count));
    }

    /// <summary>Batch renormalization: averages of the batches' means and deviations, towards which the batch is corrected.</summary>
    private sealed class Renorm(LayerContext context, Shape shape)
    {
        private readonly Value movingStddev = context.Parameter("moving_stddev", shape, Deviation(context), null, trainable: false);
        private readonly Value mean = context.Parameter("renorm_mean", shape, "Zeros()", null, trainable: false);
        private readonly Value stddev = context.Parameter("renorm_stddev", shape, Deviation(context), null, trainable: false);

        public (Value R, Value D) Correct(LayerContext context, Value batchMean, Value batchVariance, double epsilon)
        {
            Graph g = context.Graph;
            double momentum = context.Number("RenormMomentum", 0.99, least: 0, most: 1);
            Value batchStddev = g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), batchVariance);
            Value r = g.Add(new Map(Expr.Call("Detach", Expr.In(0) / Expr.In(1))), batchStddev, this.stddev);
            Value d = g.Add(new Map(Expr.Call("Detach", (Expr.In(0) - Expr.In(1)) / Expr.In(2))), batchMean, this.mean, this.stddev);
            Expr moved = (Expr.In(0) * momentum) + (Expr.In(1) * (1 - momentum));
            context.Update(this.mean, latest => g.Add(new Map(moved), latest, batchMean));
            context.Update(this.stddev, latest => g.Add(new Map(moved), latest, batchStddev));
            double slow = context.Number("Momentum", 0.99, least: 0, most: 1);
            context.Update(this.movingStddev, latest => g.Add(new Map((Expr.In(0) * slow) + (Expr.In(1) * (1 - slow))), latest, batchStddev));
            return (r, d);
        }

        private static string Deviation(LayerContext context) => "Ones()";
    }
}
