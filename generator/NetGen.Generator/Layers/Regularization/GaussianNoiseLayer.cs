namespace NetGen.Generator;

/// <summary>In training, Y = X + stddev Z with standard normal numbers Z; in inference nothing happens.</summary>
internal sealed class GaussianNoiseLayer : Layer
{
    public override string Kind => "GaussianNoise";

    public override IReadOnlyList<string> Arguments => ["Stddev", "Seed"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context)
    {
        double stddev = context.Number("Stddev", least: 0, most: 1);
        return !context.Training || stddev == 0 ? context.X : context.Graph.Add(new Map(Expr.In(0) + (RandomNumbers.Normal(context) * stddev)), context.X);
    }
}
