using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>gamma (x - mean) / sqrt(variance + epsilon) + beta over the last axis.</summary>
internal sealed class LayerNormalizationLayer(string name, Layer x) : Layer(name, x)
{
    /// <summary>Keras's default.</summary>
    private const float Epsilon = 1e-3f;

    private int Features => Inputs[0].OutputShape[^1];

    private string Gamma => Name + "/gamma";

    private string Beta => Name + "/beta";

    public override IEnumerable<WeightShape> Weights => [WeightShape.Around(Gamma, Features, 1, 0.25f), WeightShape.Around(Beta, Features, 0, 0.1f)];

    protected override int[] InferShape() => Inputs[0].OutputShape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => graph.Node(
        "LayerNormalization", Name, [OnnxGraph.Float("epsilon", Epsilon)], inputs[0], graph.Initializer(weights[Gamma]), graph.Initializer(weights[Beta]));

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchLayerNorm(weights[Gamma], weights[Beta], Epsilon);
}
