namespace NetGen.Generator;

/// <summary>In training, each channel of each image becomes (x - mean) factor + mean, with a random factor of the image, within the range of values; in inference nothing happens.</summary>
internal sealed class RandomContrastLayer : Layer
{
    public override string Kind => "RandomContrast";

    public override IReadOnlyList<string> Arguments => ["Factor", "ValueRange", "Seed", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, 2);
        int first = DataFormat.FirstAxis(context);

        // Two numbers say how much less and how much more it may be; one stands for both.
        IReadOnlyList<double> factor = context.Numbers("Factor");
        if (factor.Count is < 1 or > 2 || factor.Any(f => f < 0 || f > 1))
        {
            throw context.Fail("NG0012", "Factor", $"Factor of {context.Place} takes one or two numbers from 0 to 1, not {string.Join(", ", factor.Select(Expression.Text))}.");
        }

        (double low, double high) = Augmentation.ValueRange(context);
        if (!context.Training)
        {
            return context.X;
        }

        Value mean = Reductions.Mean(context.Graph, context.X, EquatableArray.Of(first, first + 1), keepDims: true);
        Value scale = Augmentation.PerImage(context, Augmentation.Between(context.NextUniform(), 1 - factor[0], 1 + factor[factor.Count - 1]));
        Expr y = ((Expr.In(0) - Expr.In(1)) * Expr.In(2)) + Expr.In(1);
        return context.Graph.Add(new Map(ActivationExpressions.Clip(y, low, high)), context.X, mean, scale);
    }
}
