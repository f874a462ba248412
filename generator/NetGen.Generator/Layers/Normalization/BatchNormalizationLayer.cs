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
        "Renorm", "RenormMomentum", "RenormRMax", "RenormRMin", "RenormDMax",
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
            Value y = g.Add(new Map((Expr.In(0) * Expr.In(1)) + Expr.In(2)), context.X, Spread(scale), Spread(shift));
            g.Note(new BatchNormalizationForm(context.X, gamma, beta, movingMean, movingVariance, axis, epsilon, y));
            return y;
        }

        double momentum = context.Number("Momentum", 0.99, least: 0, most: 1);
        (Value mean, Value variance) = Moments(context, axis);
        Expr moved = (Expr.In(0) * momentum) + (Expr.In(1) * (1 - momentum));
        context.Update(movingMean, latest => g.Add(new Map(moved), latest, mean));
        (Value r, Value d)? correction = renorm?.Correct(mean, variance, movingVariance, momentum, epsilon);
        if (renorm is null)
        {
            context.Update(movingVariance, latest => g.Add(new Map(moved), latest, variance));
        }

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

        // What is one number a channel is computed once a channel: (X - mean) factor + offset.
        Value factor = g.Add(new Map(1.0 / Expr.Call("Sqrt", Expr.In(0) + epsilon)), variance);
        Value? offset = beta;
        if (correction is { } c)
        {
            factor = g.Add(new Map(Expr.In(0) * Expr.In(1)), factor, c.r);
            Value shift = gamma is null ? c.d : g.Add(new Map(Expr.In(0) * Expr.In(1)), c.d, gamma);
            offset = beta is null ? shift : g.Add(new Map(Expr.In(0) + Expr.In(1)), beta, shift);
        }

        factor = gamma is null ? factor : g.Add(new Map(Expr.In(0) * Expr.In(1)), factor, gamma);
        Expr normal = (Expr.In(0) - Expr.In(1)) * Expr.In(2);
        return offset is null
            ? g.Add(new Map(normal), context.X, Spread(mean), Spread(factor))
            : g.Add(new Map(normal + Expr.In(3)), context.X, Spread(mean), Spread(factor), Spread(offset));

        Value Spread(Value value) => ChannelAxis.Spread(g, value, context.X.Shape.Rank, axis);
    }

    private static (Value Mean, Value Variance) Moments(LayerContext context, int axis)
    {
        Graph g = context.Graph;
        Value x = context.X;
        EquatableArray<int> axes = Enumerable.Range(0, x.Shape.Rank).Where(i => i != axis).ToEquatableArray();
        if (context.Masks[0] is not { } mask)
        {
            if (axis == x.Shape.Rank - 1)
            {
                EquatableArray<Value> moments = g.AddNode(new Moments(), x).Outputs;
                return (moments[0], moments[1]);
            }

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

    /// <summary>
    /// Batch renormalization: averages of the batches' means and deviations, towards which the batch is corrected by r and d, which count as constants. The moving
    /// variance is then the square of a moving deviation.
    /// </summary>
    private sealed class Renorm
    {
        private readonly LayerContext context;
        private readonly Value movingStddev;
        private readonly Value mean;
        private readonly Value stddev;

        public Renorm(LayerContext context, Shape shape)
        {
            string start = InitialDeviation(context);
            this.context = context;
            this.movingStddev = context.Parameter("moving_stddev", shape, start, null, trainable: false);
            this.mean = context.Parameter("renorm_mean", shape, "Zeros()", null, trainable: false);
            this.stddev = context.Parameter("renorm_stddev", shape, start, null, trainable: false);
        }

        public (Value R, Value D) Correct(Value batchMean, Value batchVariance, Value movingVariance, double momentum, double epsilon)
        {
            Graph g = this.context.Graph;
            double fast = this.context.Number("RenormMomentum", 0.99, least: 0, most: 1);
            Value batchStddev = g.Add(new Map(Expr.Call("Sqrt", Expr.In(0) + epsilon)), batchVariance);
            Expr scale = ActivationExpressions.Clip(Expr.In(0) / Expr.In(1), this.context.Number("RenormRMin", 0, least: 0), this.context.Number("RenormRMax", double.MaxValue, least: 0));
            double dMax = this.context.Number("RenormDMax", double.MaxValue, least: 0);
            Expr shift = ActivationExpressions.Clip((Expr.In(0) - Expr.In(1)) / Expr.In(2), -dMax, dMax);
            Value r = g.Add(new Map(Expr.Call("Detach", scale)), batchStddev, this.stddev);
            Value d = g.Add(new Map(Expr.Call("Detach", shift)), batchMean, this.mean, this.stddev);
            this.Move(this.mean, batchMean, fast);
            this.Move(this.stddev, batchStddev, fast);
            this.Move(this.movingStddev, batchStddev, momentum);
            Value latest = g.Updates.First(u => u.State == this.movingStddev).NewValue;
            this.context.Update(movingVariance, _ => g.Add(new Map((Expr.In(0) * Expr.In(0)) - epsilon), latest));
            return (r, d);
        }

        private void Move(Value state, Value batch, double momentum) =>
            this.context.Update(state, latest => this.context.Graph.Add(new Map((Expr.In(0) * momentum) + (Expr.In(1) * (1 - momentum))), latest, batch));

        /// <summary>The square root of the moving variance's start, which must be a constant.</summary>
        private static string InitialDeviation(LayerContext context)
        {
            const string prefix = "Constant(value: ";
            string variance = context.Initializer("MovingVariance") ?? "Ones()";
            return variance is "Ones()" or "Zeros()" ? variance
                : variance == "Constant()" ? "Zeros()"
                : variance.StartsWith(prefix, StringComparison.Ordinal)
                    ? prefix + Expression.Text(Math.Sqrt(double.Parse(variance.Substring(prefix.Length).TrimEnd(')'), System.Globalization.CultureInfo.InvariantCulture))) + ")"
                    : throw context.Fail("NG0023", "MovingVarianceInitializer", $"With Renorm, MovingVarianceInitializer of {context.Place} must be a constant, not {variance}.");
        }
    }
}
