namespace NetGen.Generator;

/// <summary>An activation by its name: <c>[Activation(Activation.GELU)]</c>.</summary>
internal sealed class ActivationLayer : Layer
{
    public override string Kind => "Activation";

    public override IReadOnlyList<string> Arguments => ["Activation"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) =>
        context.Has("Activation") ? context.Activate(context.X) : throw context.Fail("NG0019", null, $"{context.Place} needs its argument Activation.");
}

/// <summary>A layer that is one row of <see cref="ActivationTable"/>, without parameters of its own.</summary>
internal sealed class PlainActivationLayer(string name) : Layer
{
    public override string Kind => name;

    public override IReadOnlyList<string> Arguments => [];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) => ActivationTable.Apply(name, context.Graph, context.X);
}

/// <summary>A layer that is one element-wise expression over its arguments.</summary>
internal sealed class ElementwiseLayer(string name, Func<LayerContext, Expr, Expr> body, params string[] arguments) : Layer
{
    public override string Kind => name;

    public override IReadOnlyList<string> Arguments => arguments;

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) => context.Graph.Add(new Map(body(context, Expr.In(0))), context.X);
}

/// <summary>A layer that is one op along given axes; by default the last.</summary>
internal sealed class AxisActivationLayer(string name, Op op) : Layer
{
    public override string Kind => name;

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override bool CarriesMask => true;

    public override Value Build(LayerContext context) =>
        ActivationTable.AlongAxes(context.Graph, context.X, context.Axes("Axis", [-1]), op);
}
