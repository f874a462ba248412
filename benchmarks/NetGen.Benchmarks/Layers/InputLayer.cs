using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>What the network is given.</summary>
internal sealed class InputLayer(params int[] shape) : Layer("x")
{
    protected override int[] InferShape() => shape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => Name;

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => throw new NotSupportedException("the input is given, not computed");
}
