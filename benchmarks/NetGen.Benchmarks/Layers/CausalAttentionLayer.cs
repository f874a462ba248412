using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>Causal attention of a sequence to itself in several heads, as Keras's MultiHeadAttention has it.</summary>
internal sealed class CausalAttentionLayer(string name, Layer x, int heads, int size) : Layer(name, x)
{
    private static readonly string[] Projections = ["query", "key", "value"];

    private int Steps => Inputs[0].OutputShape[0];

    private int Features => Inputs[0].OutputShape[1];

    public override IEnumerable<WeightShape> Weights =>
    [
        .. Projections.SelectMany(p => new[]
        {
            WeightShape.Kernel($"{Name}/{p}/kernel", [Features, heads, size], Features, Nonlinearity.Linear),
            WeightShape.Around($"{Name}/{p}/bias", heads * size, 0, 0.1f) with { Shape = [heads, size] },
        }),
        WeightShape.Kernel(Name + "/attention_output/kernel", [heads, size, Features], heads * size, Nonlinearity.Linear),
        WeightShape.Around(Name + "/attention_output/bias", Features, 0, 0.1f),
    ];

    /// <summary>The projections, and both products of each head up to the diagonal.</summary>
    public override long MultiplyAdds => (4L * Steps * Features * heads * size) + ((long)Steps * (Steps + 1) * heads * size);

    protected override int[] InferShape() => Inputs[0].OutputShape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights)
    {
        var (kernel, bias) = Joined(weights);
        var y = graph.ContribNode("Attention", Name + "/Attention", [OnnxGraph.Integer("num_heads", heads), OnnxGraph.Integer("unidirectional", 1)],
            inputs[0], graph.Initializer(kernel), graph.Initializer(bias));
        var product = graph.Node("MatMul", Name + "/MatMul", [], y, graph.Initializer(Output(weights)));
        return graph.Node("Add", Name, [], product, graph.Initializer(weights[Name + "/attention_output/bias"]));
    }

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options)
    {
        var (kernel, bias) = Joined(weights);
        return new TorchCausalAttention(new TorchDense(kernel, bias, Nonlinearity.Linear, options), new TorchDense(Output(weights), weights[Name + "/attention_output/bias"], Nonlinearity.Linear, options), heads);
    }

    /// <summary>(heads, size, features) as the matrix that it is.</summary>
    private Weight Output(WeightSet weights) => weights[Name + "/attention_output/kernel"] with { Shape = [heads * size, Features] };

    /// <summary>The three projections as one matrix (features, 3 heads size), which makes one product of them, and its bias.</summary>
    private (Weight Kernel, Weight Bias) Joined(WeightSet weights)
    {
        int columns = heads * size;
        float[][] kernels = [.. Projections.Select(p => weights[$"{Name}/{p}/kernel"].Values)];
        var values = new float[Features * 3 * columns];
        for (int row = 0; row < Features; row++)
            for (int p = 0; p < 3; p++) kernels[p].AsSpan(row * columns, columns).CopyTo(values.AsSpan(((row * 3) + p) * columns));
        return (new Weight(Name + "/kernel", [Features, 3 * columns], values), new Weight(Name + "/bias", [3 * columns], [.. Projections.SelectMany(p => weights[$"{Name}/{p}/bias"].Values)]));
    }
}
