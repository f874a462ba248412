namespace NetGen.Generator;

/// <summary>Y = activation(X convolved with kernel + bias), channels last or first; the kernel is (size..., channels / groups, filters).</summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class ConvLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", "KernelSize", "Strides", "Padding", "DataFormat", "DilationRate", "Groups", "Activation", "UseBias", "SpectralNormalization",
        "KernelInitializer", "BiasInitializer", "KernelRegularizer", "BiasRegularizer", "KernelConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        FilterWindow window = FilterWindow.Read(context, rank, allowCausal: rank == 1);
        long groups = context.Integer("Groups", 1, least: 1, most: int.MaxValue);
        if (!x.Shape.Last.IsConstant || x.Shape.Last.Constant % groups != 0 || filters % groups != 0)
        {
            throw context.Fail("NG0012", "Groups", $"Groups of {context.Place} is {groups}, which must divide the {x.Shape.Last} channels of {context.X.Shape} and the {filters} filters.");
        }

        SpatialConv.Require(context, x.Shape);
        ConvGeometry geometry = window.Geometry(context, x.Shape, (int)groups);
        Value kernel = context.Kernel("kernel", window.Shape(x.Shape.Last.Constant / groups, filters), "GlorotUniform()", "Kernel");
        return Finish(context, SpatialConv.Convolve(context.Graph, geometry, x, kernel));
    }

    /// <summary>The bias, the layer's own format and the activation behind any convolution.</summary>
    public static Value Finish(LayerContext context, Value y)
    {
        if (context.Boolean("UseBias", true))
        {
            y = context.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), y, context.Parameter("bias", Shape.Of(y.Shape.Last), "Zeros()", "Bias"));
        }

        return context.Activate(DataFormat.WriteMaps(context, y));
    }
}
