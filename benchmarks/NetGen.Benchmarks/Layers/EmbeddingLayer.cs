using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A row of numbers for each token.</summary>
internal sealed class EmbeddingLayer(string name, InputLayer x, int size) : Layer(name, x)
{
    public string Table => Name + "/embeddings";

    public override IEnumerable<WeightShape> Weights => [new WeightShape(Table, [((InputLayer)Inputs[0]).Tokens, size], -1, 1)];

    protected override int[] InferShape() => [.. Inputs[0].OutputShape, size];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => graph.Node("Gather", Name, [], graph.Initializer(weights[Table]), inputs[0]);

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchEmbedding(weights[Table]);
}
