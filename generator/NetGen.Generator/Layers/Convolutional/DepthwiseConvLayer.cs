namespace NetGen.Generator;

/// <summary>
/// Y = activation(each channel of X convolved with filters of its own + bias); the kernel is (size..., channels, multiplier), and the outputs of a channel stand side by side.
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class DepthwiseConvLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments =>
    [
        "KernelSize", "Strides", "Padding", "DepthMultiplier", "DataFormat", "DilationRate", "Activation", "UseBias", "SpectralNormalization",
        "DepthwiseInitializer", "BiasInitializer", "DepthwiseRegularizer", "BiasRegularizer", "DepthwiseConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        return ConvLayer.Finish(context, Convolve(context, x, "kernel", rank));
    }

    /// <summary>The convolution alone, as separable ones have it too: as many groups as channels.</summary>
    public static Value Convolve(LayerContext context, Value x, string kernelName, int rank)
    {
        FilterWindow window = FilterWindow.Read(context, rank);
        long multiplier = context.Integer("DepthMultiplier", 1, least: 1, most: int.MaxValue);
        long channels = x.Shape.Last.IsConstant ? x.Shape.Last.Constant
            : throw context.Fail("NG0011", null, $"{context.Place} needs a constant number of channels, which {context.X.Shape} has not.");
        ConvGeometry geometry = window.Geometry(context, x.Shape, checked((int)channels));
        Value kernel = context.Kernel(kernelName, window.Shape(channels, multiplier), "GlorotUniform()", "Depthwise");
        return context.Graph.Add(new Conv(geometry), x, context.Graph.Add(new Reshape(window.Shape(1, channels * multiplier)), kernel));
    }
}
