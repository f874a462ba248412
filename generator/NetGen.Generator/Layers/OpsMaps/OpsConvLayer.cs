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
        if (window.Rank < 3)
        {
            return ConvLayer.Finish(context, context.Graph.Add(new Conv(geometry), x, kernel));
        }

        RequireVolumes(context);
        return ConvLayer.Finish(context, VolumeConv.Convolve(context.Graph, geometry, x, kernel));
    }

    /// <summary>Refuses maps over three axes of space with a size that is known only at run time.</summary>
    public static void RequireVolumes(LayerContext context)
    {
        Shape x = context.X.Shape;
        if (!x.Slice(1, x.Rank).IsConstant)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes constant sizes of three axes of space, not {x}.");
        }
    }
}
