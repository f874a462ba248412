namespace NetGen.Generator;

/// <summary>What layers have in common that change images at random in training: one random number a sample, of a stream of the layer's own.</summary>
internal static class Augmentation
{
    /// <summary>The limits of a factor: one number f stands for both signs, two numbers for themselves.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="argument">The argument's name.</param>
    /// <param name="least">The least limit.</param>
    /// <param name="most">The largest limit.</param>
    public static (double Lower, double Upper) Factor(LayerContext context, string argument, double least, double most)
    {
        IReadOnlyList<double> factor = context.Numbers(argument);
        if (factor.Count is < 1 or > 2 || factor.Any(f => f < least || f > most))
        {
            throw context.Fail(
                "NG0012", argument, $"{argument} of {context.Place} takes one or two numbers from {Expression.Text(least)} to {Expression.Text(most)}, not {string.Join(", ", factor.Select(Expression.Text))}.");
        }

        return factor.Count == 1 ? (-Math.Abs(factor[0]), Math.Abs(factor[0])) : (factor.Min(), factor.Max());
    }

    /// <summary>The limits of the images' values.</summary>
    public static (double Low, double High) ValueRange(LayerContext context)
    {
        IReadOnlyList<double> range = context.Numbers("ValueRange", [0, 255]);
        return range.Count == 2 && range[0] != range[1] ? (range.Min(), range.Max())
            : throw context.Fail("NG0012", "ValueRange", $"ValueRange of {context.Place} takes two different numbers, not {string.Join(", ", range.Select(Expression.Text))}.");
    }

    /// <summary>A number in [lower, upper).</summary>
    public static Expr Between(UniformExpr uniform, double lower, double upper) => (uniform * (upper - lower)) + lower;

    /// <summary>One number a sample: (batch).</summary>
    public static Value PerSample(LayerContext context, Expr number) => context.Graph.Add(new Map(number, Shape.Of(context.X.Shape[0])));

    /// <summary>One number a sample that spreads over its image: (batch, 1, 1, 1).</summary>
    public static Value PerImage(LayerContext context, Expr number) => context.Graph.Add(new Map(number, Shape.Of(context.X.Shape[0], 1, 1, 1)));
}
