using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A map as a row. The peers' is channels first, so the dense layer behind it gives them its kernel in that order.</summary>
internal sealed record FlattenLayer(string Name, int Pixels, int Channels) : Layer(Name)
{
    public override IEnumerable<WeightShape> Weights => [];

    public override long MultiplyAdds => 0;

    public override int[] OutputShape => [Pixels * Channels];

    public override string AddTo(OnnxGraph graph, string x, WeightSet weights) => graph.Node("Flatten", Name, x);

    public override TorchLayer ToTorch(WeightSet weights) => new TorchFunction(x => x.flatten(1));
}
