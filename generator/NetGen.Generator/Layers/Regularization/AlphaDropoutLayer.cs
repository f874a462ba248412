namespace NetGen.Generator;

/// <summary>
/// In training, elements become with probability rate the limit of SELU, -λα, and then all become a x + b, by which a mean of 0 and a variance of 1 stay (Klambauer et al. 2017, section 3); in
/// inference nothing happens.
/// </summary>
internal sealed class AlphaDropoutLayer : Layer
{
    /// <summary>-λα of SELU.</summary>
    private const double Limit = -1.0507009873554804934193349852946 * 1.6732632423543772848170429916717;

    public override string Kind => "AlphaDropout";

    public override IReadOnlyList<string> Arguments => ["Rate", "NoiseShape", "Seed"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        Shape shape = DropoutLayer.NoiseShape(context);
        double rate = RandomNumbers.RateBelowOne(context);
        if (!context.Training || rate == 0)
        {
            return context.X;
        }

        double a = 1 / Math.Sqrt((1 - rate) * (1 + (rate * Limit * Limit))), b = -a * Limit * rate;
        Expr isKept = Expr.Call("GreaterOrEqual", RandomNumbers.Uniform(context), rate), kept = (Expr.In(0) * a) + b;
        Expr dropped = (a * Limit) + b;
        return shape == context.X.Shape
            ? context.Graph.Add(new Map(Expr.Call("Where", isKept, kept, dropped)), context.X)
            : context.Graph.Add(new Map(Expr.Call("Where", Expr.In(1), kept, dropped)), context.X, context.Graph.Add(new Map(Expr.Call("Where", isKept, 1, 0), shape)));
    }
}
