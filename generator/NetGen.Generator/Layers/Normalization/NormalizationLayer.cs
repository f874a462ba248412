namespace NetGen.Generator;

/// <summary>
/// (x - mean) / max(sqrt(variance), 1e-7) per position of some axes: with given constants, or with states that the runtime adapts to data. Inverted, it undoes that.
/// </summary>
internal sealed class NormalizationLayer : Layer
{
    public override string Kind => "Normalization";

    public override IReadOnlyList<string> Arguments => ["Axis", "Mean", "Variance", "Invert"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Shape x = context.X.Shape;

        // An empty list is Keras's None: one mean of everything.
        bool isScalar = context.Has("Axis") && context.Integers("Axis", null).Count == 0;
        IReadOnlyList<int> axes = isScalar ? [] : context.Axes("Axis", [-1]);
        Shape shape = Shape.Of(axes.Select(a => x[a]));
        if (context.Has("Mean") != context.Has("Variance"))
        {
            throw context.Fail("NG0019", null, $"{context.Place} needs both Mean and Variance, or neither and is then adapted to data.");
        }

        if (!context.Has("Mean"))
        {
            context.Adapt(axes);
        }

        Value mean = Statistic("Mean", "mean", "Zeros()", double.NegativeInfinity);
        Value variance = Statistic("Variance", "variance", "Ones()", 0);
        Value deviation = g.Add(new Map(Expr.Call("Max", Expr.Call("Sqrt", Expr.In(0)), 1e-7)), variance);
        Expr y = context.Boolean("Invert", false) ? Expr.In(1) + (Expr.In(0) * Expr.In(2)) : (Expr.In(0) - Expr.In(1)) / Expr.In(2);
        return g.Add(new Map(y), context.X, Spread(mean), Spread(deviation));

        Value Statistic(string argument, string name, string initializer, double least)
        {
            if (!context.Has(argument))
            {
                return context.Parameter(name, shape, initializer, null, trainable: false);
            }

            IReadOnlyList<double> numbers = context.Numbers(argument);
            long count = shape.Count.IsConstant ? shape.Count.Constant : 1;
            if (numbers.Count != 1 && numbers.Count != count)
            {
                throw context.Fail("NG0012", argument, $"{argument} of {context.Place} takes one number or {count}; found {numbers.Count}.");
            }

            if (numbers.Any(n => n < least))
            {
                throw context.Fail("NG0012", argument, $"{argument} of {context.Place} must not be below {Expression.Text(least)}; found {Expression.Text(numbers.First(n => n < least))}.");
            }

            return numbers.Count == 1 ? g.Constant(numbers[0]) : g.Constant(shape, numbers);
        }

        Value Spread(Value value)
        {
            bool isSuffix = axes.Count == 0 || value.Shape.Rank == 0 || axes[0] + axes.Count == x.Rank;
            return isSuffix ? value : g.Add(new Reshape(Shape.Of(Enumerable.Range(axes[0], x.Rank - axes[0]).Select(i => axes.Contains(i) ? x[i] : (Dim)1))), value);
        }
    }
}
