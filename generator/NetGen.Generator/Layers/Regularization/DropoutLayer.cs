namespace NetGen.Generator;

/// <summary>In training, elements are 0 with probability rate and the others 1 / (1 - rate) times as large; in inference nothing happens.</summary>
internal sealed class DropoutLayer : Layer
{
    public override string Kind => "Dropout";

    public override IReadOnlyList<string> Arguments => ["Rate", "NoiseShape", "Seed"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) => Apply(context, NoiseShape(context));

    /// <summary>The shape of the random mask: the input's, or that of the argument NoiseShape.</summary>
    public static Shape NoiseShape(LayerContext context)
    {
        Shape shape = context.X.Shape;
        if (!context.Has("NoiseShape"))
        {
            return shape;
        }

        // -1 (None in Keras) stands for the input's own size.
        IReadOnlyList<long> given = context.Integers("NoiseShape", shape.Rank, least: -1, most: int.MaxValue);
        Shape noise = Shape.Of(given.Select((n, i) => n == -1 ? shape[i] : (Dim)n));
        return Shape.Broadcast(noise, shape) == shape ? noise
            : throw context.Fail("NG0012", "NoiseShape", $"NoiseShape {noise} of {context.Place} must broadcast to the input's {shape}.");
    }

    /// <summary>The input with the layer's Rate of its elements dropped, of which a random mask of a shape says which.</summary>
    public static Value Apply(LayerContext context, Shape shape) => Apply(context, context.X, "Rate", null, shape);

    /// <summary>A value with as many of its elements dropped as an argument says; 0 unless given.</summary>
    public static Value Apply(LayerContext context, Value value, string rate) => Apply(context, value, rate, 0, value.Shape);

    private static Value Apply(LayerContext context, Value value, string argument, double? fallback, Shape shape)
    {
        double rate = context.Number(argument, fallback, least: 0, most: 1);
        if (!context.Training || rate == 0)
        {
            return value;
        }

        UniformExpr uniform = RandomNumbers.Uniform(context);
        Expr keep = rate == 1 ? 0 : Expr.Call("Where", Expr.Call("GreaterOrEqual", uniform, rate), 1 / (1 - rate), 0);
        return shape == value.Shape
            ? context.Graph.Add(new Map(Expr.In(0) * keep), value)
            : context.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), value, context.Graph.Add(new Map(keep, shape)));
    }
}
