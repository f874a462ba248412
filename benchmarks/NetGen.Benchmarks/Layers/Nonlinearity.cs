using static TorchSharp.torch;

namespace NetGen.Benchmarks;

/// <summary>A layer's element-wise (or, for softmax, row-wise) end.</summary>
internal enum Nonlinearity
{
    Linear,
    ReLU,
    Tanh,
    Softmax,
}

/// <summary>What each <see cref="Nonlinearity"/> is called by the peers.</summary>
internal static class NonlinearityNames
{
    /// <summary>The ONNX operator, or null for the identity. Softmax's axis is the last one by default.</summary>
    public static string? OnnxOp(this Nonlinearity f) => f switch
    {
        Nonlinearity.Linear => null,
        Nonlinearity.ReLU => "Relu",
        Nonlinearity.Tanh => "Tanh",
        Nonlinearity.Softmax => "Softmax",
        _ => throw new ArgumentOutOfRangeException(nameof(f), f, "no such nonlinearity"),
    };

    /// <summary>The TorchSharp module, or null for the identity. In place: it saves libtorch one allocation per layer.</summary>
    public static nn.Module<Tensor, Tensor>? TorchModule(this Nonlinearity f) => f switch
    {
        Nonlinearity.Linear => null,
        Nonlinearity.ReLU => nn.ReLU(inplace: true),
        Nonlinearity.Tanh => nn.Tanh(inplace: true),
        Nonlinearity.Softmax => nn.Softmax(-1),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f, "no such nonlinearity"),
    };
}
