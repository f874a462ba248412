namespace NetGen.Generator;

/// <summary>
/// Y = activation(the input gradient of a convolution, applied to X, + bias): each pixel of X spreads a filter into Y. The kernel is (size..., filters, channels).
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class ConvTransposeLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", "KernelSize", "Strides", "Padding", "OutputPadding", "DataFormat", "DilationRate", "Activation", "UseBias", "SpectralNormalization",
        "KernelInitializer", "BiasInitializer", "KernelRegularizer", "BiasRegularizer", "KernelConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        FilterWindow window = FilterWindow.Read(context, rank);
        SpatialConv.Require(context, x.Shape);
        (ConvGeometry geometry, Shape y) = Geometry(context, x.Shape, window, filters);
        Value kernel = context.Kernel("kernel", window.Shape(filters, x.Shape.Last), "GlorotUniform()", "Kernel");
        return ConvLayer.Finish(context, SpatialConv.InputGradient(context.Graph, geometry, x, kernel, y));
    }

    /// <summary>The convolution from Y to X. The sizes of Y are Keras's (compute_conv_transpose_output_shape), with what of the whole spread lies outside cut off evenly.</summary>
    private static (ConvGeometry Geometry, Shape Y) Geometry(LayerContext context, Shape x, FilterWindow window, long filters)
    {
        int rank = window.Kernel.Length;
        IReadOnlyList<long>? extra = context.Has("OutputPadding") ? context.Integers("OutputPadding", rank, least: 0) : null;
        (int[] before, int[] after) = (new int[rank], new int[rank]);
        List<Dim> sizes = [x[0]];
        for (int i = 0; i < rank; i++)
        {
            (long extent, long stride) = (window.Extent(i), window.Strides[i]);
            if (extra?[i] >= stride)
            {
                throw context.Fail("NG0012", "OutputPadding", $"OutputPadding of {context.Place} is ({string.Join(", ", extra)}), which must be below the strides ({string.Join(", ", window.Strides)}).");
            }

            // Y has (inputs - 1) stride + reach elements; the filters of all inputs together reach over (inputs - 1) stride + extent.
            long reach = window.Padding == "Valid" ? extent + (extra?[i] ?? Math.Max(stride - extent, 0)) : extra is null ? stride : (extent % 2) + extra[i];
            long cut = extent - reach;
            before[i] = window.Padding == "Valid" ? 0 : checked((int)Math.Max(cut / 2, 0));

            // The last step of the stride need not be full, so that what is not reached needs no place.
            after[i] = checked((int)Math.Max(cut - before[i], 0));
            Dim size = (x[i + 1] * stride).Affine(reach - stride, 1);
            sizes.Add(!size.IsConstant || size.Constant > 0 ? size
                : throw context.Fail("NG0011", "OutputPadding", $"OutputPadding of {context.Place} leaves nothing of {context.X.Shape}: axis {i + 1} of the output would have the size {size}."));
        }

        sizes.Add(filters);
        return (new ConvGeometry(window.Strides.ToEquatableArray(), before.ToEquatableArray(), after.ToEquatableArray(), window.Dilations.ToEquatableArray(), 1), Shape.Of(sizes));
    }
}
