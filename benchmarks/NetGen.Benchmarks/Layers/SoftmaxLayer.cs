using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A row of class scores as probabilities.</summary>
internal sealed class SoftmaxLayer(string name, Layer x) : Layer(name, x)
{
    protected override int[] InferShape() => Inputs[0].OutputShape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => Nonlinearity.Softmax.AddTo(graph, Name, inputs[0]);

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) =>
        new TorchFunction(x => options.Logits ? x[0].alias() : x[0].softmax(-1));
}
