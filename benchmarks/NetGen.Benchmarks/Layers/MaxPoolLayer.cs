using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>The largest of each window, windows side by side.</summary>
internal sealed record MaxPoolLayer(string Name, int Size, int Channels, int Window) : Layer(Name)
{
    public override IEnumerable<WeightShape> Weights => [];

    public override long MultiplyAdds => 0;

    public override int[] OutputShape => [Size / Window, Size / Window, Channels];

    public override string AddTo(OnnxGraph graph, string x, WeightSet weights) =>
        graph.Node("MaxPool", Name, [("kernel_shape", [Window, Window]), ("strides", [Window, Window])], x);

    public override TorchLayer ToTorch(WeightSet weights) => new TorchFunction(x => TorchSharp.torch.nn.functional.max_pool2d(x, Window, Window));
}
