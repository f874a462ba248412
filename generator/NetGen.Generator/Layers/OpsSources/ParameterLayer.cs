namespace NetGen.Generator;

/// <summary>A weight by itself: the same for every sample, so it has no batch.</summary>
internal sealed class ParameterLayer : Layer
{
    public override string Kind => "Ops.Parameter";

    public override (int Least, int Most) Inputs => (0, 0);

    public override IReadOnlyList<string> Arguments => ["Shape", "Initializer", "Regularizer", "Constraint", "NonTrainable"];

    public override Value Build(LayerContext context)
    {
        Shape shape = Shape.Of(context.Integers("Shape", null, [], least: 1, most: int.MaxValue).Select(d => (Dim)d));
        return context.Parameter("value", shape, "GlorotUniform()", "", trainable: !context.Boolean("NonTrainable", false));
    }
}
