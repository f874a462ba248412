namespace NetGen.Generator;

/// <summary>In training, a random part of the range of values is added to each image, within the range; in inference nothing happens.</summary>
internal sealed class RandomBrightnessLayer : Layer
{
    public override string Kind => "RandomBrightness";

    public override IReadOnlyList<string> Arguments => ["Factor", "ValueRange", "Seed"];

    public override Value Build(LayerContext context)
    {
        DataFormat.RequireMaps(context, 2);
        (double lower, double upper) = Augmentation.Factor(context, "Factor", -1, 1);
        (double low, double high) = Augmentation.ValueRange(context);
        if (!context.Training)
        {
            return context.X;
        }

        Value delta = Augmentation.PerImage(context, Augmentation.Between(context.NextUniform(), lower * (high - low), upper * (high - low)));
        return context.Graph.Add(new Map(ActivationExpressions.Clip(Expr.In(0) + Expr.In(1), low, high)), context.X, delta);
    }
}
