using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A map as a row. The peers' is channels first, so the dense layer behind it gives them its kernel in that order.</summary>
internal sealed class FlattenLayer(string name, Layer x) : Layer(name, x)
{
    protected override int[] InferShape() => [Inputs[0].OutputShape.Aggregate(1, (a, b) => a * b)];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => graph.Node("Flatten", Name, [], inputs[0]);

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchFunction(x => x[0].flatten(1));
}
