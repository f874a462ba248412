namespace NetGen.Generator;

/// <summary>In training, each image shifted at random by parts of its height and width, positive down and to the right; in inference nothing happens.</summary>
internal sealed class RandomTranslationLayer : Layer
{
    private static readonly string[] FillModes = ["Constant", "Nearest", "Reflect", "Wrap"];
    private static readonly string[] Interpolations = ["Bilinear", "Nearest"];

    public override string Kind => "RandomTranslation";

    public override IReadOnlyList<string> Arguments => ["HeightFactor", "WidthFactor", "FillMode", "Interpolation", "Seed", "FillValue", "DataFormat"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = ResizingLayer.ReadImages(context);
        (double Lower, double Upper)[] factors = [Augmentation.Factor(context, "HeightFactor", -1, 1), Augmentation.Factor(context, "WidthFactor", -1, 1)];
        string mode = context.Enum("FillMode", "FillMode", FillModes, "Reflect");
        bool isLinear = context.Enum("Interpolation", "Interpolation", Interpolations, "Bilinear") == "Bilinear";
        double fill = context.Number("FillValue", 0);
        Augmentation.CheckSeed(context);
        if (!context.Training)
        {
            return context.X;
        }

        // The op fills with zeros: another value is taken off before and added behind.
        (Extension outside, bool isFilled) = mode switch
        {
            "Nearest" => (Extension.Nearest, false),
            "Reflect" => (Extension.Reflect, false),
            "Wrap" => (Extension.Wrap, false),
            _ => (Extension.Zeros, fill != 0),
        };
        x = isFilled ? g.Add(new Map(Expr.In(0) - fill), x) : x;
        Value step = Augmentation.PerSample(context, 1);
        for (int axis = 1; axis <= 2; axis++)
        {
            int size = (int)x.Shape[axis].Constant;
            (double lower, double upper) = factors[axis - 1];
            Value origin = Augmentation.PerSample(context, Augmentation.Between(new UniformExpr(context.NextRandomStream()), -lower * size, -upper * size));
            x = g.Add(new SampleAxis(axis, size, isLinear, outside), x, origin, step);
        }

        return DataFormat.WriteMaps(context, isFilled ? g.Add(new Map(Expr.In(0) + fill), x) : x);
    }
}
