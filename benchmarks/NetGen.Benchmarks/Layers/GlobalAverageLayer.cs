using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>The mean of each channel over the map.</summary>
internal sealed class GlobalAverageLayer(string name, Layer x) : Layer(name, x)
{
    protected override int[] InferShape() => [Inputs[0].OutputShape[2]];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) =>
        graph.Node("Flatten", Name, [], graph.Node("GlobalAveragePool", Name + "/pool", [], inputs[0]));

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchFunction(x =>
    {
        using var pooled = TorchSharp.torch.nn.functional.adaptive_avg_pool2d(x[0], 1);
        return pooled.flatten(1);
    });
}
