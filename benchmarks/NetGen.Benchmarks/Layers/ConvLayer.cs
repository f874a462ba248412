using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A convolution of a square map: f(normalize(x * W + b)). With as many groups as channels it is a depthwise one.</summary>
internal sealed class ConvLayer(string name, Layer x, int filters, int size) : Layer(name, x)
{
    public int Strides { get; init; } = 1;

    /// <summary>Zeros before and behind each row and column.</summary>
    public (int Before, int Behind) Padding { get; init; }

    public int Groups { get; init; } = 1;

    public bool UseBias { get; init; } = true;

    public BatchNormalization? Normalization { get; init; }

    public Nonlinearity Nonlinearity { get; init; }

    private string KernelName => Name + "/kernel";

    private string BiasName => Name + "/bias";

    private int Channels => Inputs[0].OutputShape[2];

    private int OutputSize => ((Inputs[0].OutputShape[0] + Padding.Before + Padding.Behind - size) / Strides) + 1;

    public override IEnumerable<WeightShape> Weights
    {
        get
        {
            int inputs = size * size * Channels / Groups;
            // A depthwise kernel is (kh, kw, c, 1) in Keras; its numbers stand in the same order.
            yield return WeightShape.Kernel(KernelName, [size, size, Channels / Groups, filters], inputs, Nonlinearity);
            if (UseBias) yield return WeightShape.Around(BiasName, filters, 0, 0.1f);
            foreach (var weight in Normalization?.Weights(filters) ?? []) yield return weight;
        }
    }

    public override long MultiplyAdds => (long)OutputSize * OutputSize * size * size * (Channels / Groups) * filters;

    protected override int[] InferShape() => [OutputSize, OutputSize, filters];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        string[] bias = UseBias ? [graph.Initializer(weights[BiasName])] : [];
        var y = graph.Node("Conv", Name,
            [
                OnnxGraph.Integers("strides", Strides, Strides),
                OnnxGraph.Integers("pads", Padding.Before, Padding.Before, Padding.Behind, Padding.Behind),
                OnnxGraph.Integer("group", Groups),
            ],
            [inputs[0], graph.Initializer(ChannelsFirst.OfFilter(weights[KernelName])), .. bias]);
        y = Normalization?.AddTo(graph, y, weights) ?? y;
        return Nonlinearity.AddTo(graph, Name, y);
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options)
    {
        var filter = ChannelsFirst.OfFilter(weights[KernelName]);
        var bias = UseBias ? weights[BiasName] : null;
        var geometry = new ConvGeometry(Strides, Padding, Groups);
        // For inference the factors are multiplied into the filter, as ONNX Runtime and frozen TorchScript do it.
        if (Normalization is { } folded && options.ForInference)
        {
            (filter, bias) = folded.FoldInto(filter, bias, weights);
            return new TorchConv(filter, bias, geometry, null, Nonlinearity, options);
        }
        return new TorchConv(filter, bias, geometry, Normalization is null ? null : new TorchBatchNorm(Normalization, weights), Nonlinearity, options);
    }
}
