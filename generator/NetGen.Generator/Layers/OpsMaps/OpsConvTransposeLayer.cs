namespace NetGen.Generator;

/// <summary>
/// Y = activation(the input gradient of a convolution, applied to X, + bias): each element of X spreads a filter into Y. The kernel is (sizes..., filters / groups, channels).
/// </summary>
internal sealed class OpsConvTransposeLayer : Layer
{
    public override string Kind => "Ops.ConvTranspose";

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", .. OpsWindow.Arguments, "OutputPadding", "Groups", "Activation", "UseBias",
        "KernelInitializer", "BiasInitializer", "KernelRegularizer", "BiasRegularizer", "KernelConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        Value x = context.X;
        OpsWindow window = OpsWindow.Read(context);
        int rank = window.Rank;
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        int groups = OpsWindow.Groups(context, filters);
        IReadOnlyList<long> extra = context.Integers("OutputPadding", rank, [.. new long[rank]], least: 0, most: 1 << 20);
        List<Dim> sizes = [x.Shape[0]];
        for (int i = 0; i < rank; i++)
        {
            // What is beyond the last step of the stride no filter reaches: it stands behind as zeros.
            long behind = Math.Min(extra[i], window.Strides[i] - 1), rest = window.Extent(i) + behind - window.Before[i] - window.After[i];
            Dim size = (x.Shape[i + 1] * window.Strides[i]).Affine(rest - window.Strides[i], 1);
            sizes.Add(!size.IsConstant || size.Constant > 0 ? size
                : throw context.Fail("NG0011", "Pads", $"Pads of {context.Place} leave nothing of {x.Shape}: axis {i + 1} of the output would have the size {size}."));
        }

        sizes.Add(filters);
        Shape y = Shape.Of(sizes);
        Value kernel = context.Parameter("kernel", window.Shape(filters / groups, x.Shape.Last), "GlorotUniform()", "Kernel");
        SpatialConv.Require(context, x.Shape);
        Value spread = SpatialConv.InputGradient(g, window.Geometry(groups), x, kernel, y);
        for (int i = 0; i < rank; i++)
        {
            spread = g.Add(new Pad(i + 1, 0, spread.Shape[i + 1].Affine(Math.Max(extra[i] - window.Strides[i] + 1, 0), 1)), spread);
        }

        return ConvLayer.Finish(context, spread);
    }
}
