using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A convolution of stride 1 without padding, with bias.</summary>
internal sealed record ConvLayer(string Name, int Size, int Channels, int Kernel, int Filters, Nonlinearity Nonlinearity) : Layer(Name)
{
    private string KernelName => Name + "/kernel";

    private string BiasName => Name + "/bias";

    private int OutputSize => Size - Kernel + 1;

    public override IEnumerable<WeightShape> Weights =>
    [
        new(KernelName, [Kernel, Kernel, Channels, Filters], Kernel * Kernel * Channels, Kernel * Kernel * Filters),
        new(BiasName, [Filters], Kernel * Kernel * Channels, Kernel * Kernel * Filters),
    ];

    public override long MultiplyAdds => (long)OutputSize * OutputSize * Kernel * Kernel * Channels * Filters;

    public override int[] OutputShape => [OutputSize, OutputSize, Filters];

    public override string AddTo(OnnxGraph graph, string x, WeightSet weights)
    {
        var y = graph.Node("Conv", Name, x, graph.Initializer(ChannelsFirst.OfFilter(weights[KernelName])), graph.Initializer(weights[BiasName]));
        return Nonlinearity.OnnxOp() is { } op ? graph.Node(op, $"{Name}/{op}", y) : y;
    }

    public override TorchLayer ToTorch(WeightSet weights) => new TorchConv(ChannelsFirst.OfFilter(weights[KernelName]), weights[BiasName], Nonlinearity);
}
