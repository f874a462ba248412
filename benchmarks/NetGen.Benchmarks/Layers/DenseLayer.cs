using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>y = f(x·W + b) over the last axis, W is (inputs, units).</summary>
internal sealed class DenseLayer(string name, Layer x, int units, Nonlinearity nonlinearity) : Layer(name, x)
{
    private int Features => Inputs[0].OutputShape[^1];

    private string Kernel => Name + "/kernel";

    private string Bias => Name + "/bias";

    public override IEnumerable<WeightShape> Weights =>
        [WeightShape.Kernel(Kernel, [Features, units], Features, nonlinearity), WeightShape.Around(Bias, units, 0, 0.1f)];

    public override long MultiplyAdds => Inputs[0].OutputShape.Aggregate(1L, (a, b) => a * b) * units;

    protected override int[] InferShape() => [.. Inputs[0].OutputShape[..^1], units];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        if (OutputShape.Length > 1)
        {
            var product = graph.Node("MatMul", Name + "/MatMul", [], inputs[0], graph.Initializer(PeerKernel(weights)));
            return nonlinearity.AddTo(graph, Name, graph.Node("Add", Name, [], product, graph.Initializer(weights[Bias])));
        }

        // Gemm with its default attributes: no transposition, alpha = beta = 1.
        var y = graph.Node("Gemm", Name, [], inputs[0], graph.Initializer(PeerKernel(weights)), graph.Initializer(weights[Bias]));
        return nonlinearity.AddTo(graph, Name, y);
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchDense(PeerKernel(weights), weights[Bias], nonlinearity, options);

    /// <summary>The peers flatten maps channels first, so the rows of a kernel behind that stand in their order.</summary>
    private Weight PeerKernel(WeightSet weights) => Inputs[0] is FlattenLayer { Inputs: [{ OutputShape: [var height, var width, var channels] }] }
        ? ChannelsFirst.OfFlattened(weights[Kernel], height * width, channels)
        : weights[Kernel];
}
