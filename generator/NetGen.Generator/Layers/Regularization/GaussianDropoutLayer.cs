namespace NetGen.Generator;

/// <summary>In training, Y = X (1 + sqrt(rate / (1 - rate)) Z) with standard normal numbers Z; in inference nothing happens.</summary>
internal sealed class GaussianDropoutLayer : Layer
{
    public override string Kind => "GaussianDropout";

    public override IReadOnlyList<string> Arguments => ["Rate", "Seed"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        double rate = RandomNumbers.RateBelowOne(context);
        return !context.Training || rate == 0 ? context.X
            : context.Graph.Add(new Map(Expr.In(0) * ((RandomNumbers.Normal(context) * Math.Sqrt(rate / (1 - rate))) + 1)), context.X);
    }
}
