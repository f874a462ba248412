namespace NetGen.Generator;

/// <summary>Y = activation(X convolved with kernel + bias), channels last; the kernel is (sizes..., channels / groups, filters).</summary>
internal sealed class OpsConvLayer : Layer
{
    public override string Kind => "Ops.Conv";

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", .. OpsWindow.Arguments, "Groups", "Activation", "UseBias",
        "KernelInitializer", "BiasInitializer", "KernelRegularizer", "BiasRegularizer", "KernelConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Value x = context.X;
        OpsWindow window = OpsWindow.Read(context);
        window.Require(context);
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        ConvGeometry geometry = window.Geometry(OpsWindow.Groups(context, filters));
        Value kernel = context.Parameter("kernel", window.Shape(x.Shape.Last.Constant / geometry.Groups, filters), "GlorotUniform()", "Kernel");
        SpatialConv.Require(context, x.Shape);
        return ConvLayer.Finish(context, SpatialConv.Convolve(context.Graph, geometry, x, kernel));
    }
}
