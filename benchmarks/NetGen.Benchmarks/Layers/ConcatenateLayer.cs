using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>The channels of one map behind those of another.</summary>
internal sealed class ConcatenateLayer(string name, Layer first, Layer second) : Layer(name, first, second)
{
    protected override int[] InferShape() => [.. Inputs[0].OutputShape[..^1], Inputs.Sum(input => input.OutputShape[^1])];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) =>
        graph.Node("Concat", Name, [OnnxGraph.Integer("axis", 1)], inputs);

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchFunction(x => TorchSharp.torch.cat([x[0], x[1]], 1));
}
