namespace NetGen.Generator;

/// <summary>
/// A depthwise convolution, whose kernel is (size..., channels, multiplier), and behind it one that mixes its channels pixel by pixel, whose kernel is
/// (1..., channels multiplier, filters); then bias and activation.
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="rank">How many axes of space.</param>
internal sealed class SeparableConvLayer(string kind, int rank) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments =>
    [
        "Filters", "KernelSize", "Strides", "Padding", "DataFormat", "DilationRate", "DepthMultiplier", "Activation", "UseBias",
        "DepthwiseInitializer", "PointwiseInitializer", "BiasInitializer", "DepthwiseRegularizer", "PointwiseRegularizer", "BiasRegularizer",
        "DepthwiseConstraint", "PointwiseConstraint", "BiasConstraint",
    ];

    public override Value Build(LayerContext context)
    {
        Value x = DataFormat.ReadMaps(context, rank);
        long filters = context.Integer("Filters", least: 1, most: int.MaxValue);
        Value depthwise = DepthwiseConvLayer.Convolve(context, x, "depthwise_kernel", rank);
        FilterWindow point = new([.. Ones()], [.. Ones()], [.. Ones()], "Valid");
        Value kernel = context.Parameter("pointwise_kernel", point.Shape(depthwise.Shape.Last, filters), "GlorotUniform()", "Pointwise");
        return ConvLayer.Finish(context, context.Graph.Add(new Conv(point.Geometry(context, depthwise.Shape, groups: 1)), depthwise, kernel));

        IEnumerable<int> Ones() => Enumerable.Repeat(1, rank);
    }
}
