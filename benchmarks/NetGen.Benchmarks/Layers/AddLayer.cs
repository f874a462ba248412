using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>f(shortcut + branch). Nothing else may read the branch, as the peers add to it in place where they can.</summary>
internal sealed class AddLayer(string name, Layer shortcut, Layer branch, Nonlinearity nonlinearity) : Layer(name, shortcut, branch)
{
    protected override int[] InferShape() => Inputs[1].OutputShape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) =>
        nonlinearity.AddTo(graph, Name, graph.Node("Add", Name, [], inputs[0], inputs[1]));

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => new TorchAdd(nonlinearity);
}
