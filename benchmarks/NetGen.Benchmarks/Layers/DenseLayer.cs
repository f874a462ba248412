using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>y = f(x·W + b), W is (inputs, units).</summary>
internal sealed record DenseLayer(string Name, int Inputs, int Units, Nonlinearity Nonlinearity) : Layer(Name)
{
    /// <summary>The map that was flattened before it, or null.</summary>
    public FlattenLayer? Flattened { get; init; }

    private string Kernel => Name + "/kernel";

    private string Bias => Name + "/bias";

    public override IEnumerable<WeightShape> Weights => [new(Kernel, [Inputs, Units], Inputs, Units), new(Bias, [Units], Inputs, Units)];

    public override long MultiplyAdds => (long)Inputs * Units;

    public override int[] OutputShape => [Units];

    public override string AddTo(OnnxGraph graph, string x, WeightSet weights)
    {
        // Gemm with its default attributes: no transposition, alpha = beta = 1.
        var y = graph.Node("Gemm", Name, x, graph.Initializer(PeerKernel(weights)), graph.Initializer(weights[Bias]));
        return Nonlinearity.OnnxOp() is { } op ? graph.Node(op, $"{Name}/{op}", y) : y;
    }

    public override TorchLayer ToTorch(WeightSet weights) => new TorchDense(PeerKernel(weights), weights[Bias], Nonlinearity);

    private Weight PeerKernel(WeightSet weights) => Flattened is null ? weights[Kernel] : ChannelsFirst.OfFlattened(weights[Kernel], Flattened.Pixels, Flattened.Channels);
}
