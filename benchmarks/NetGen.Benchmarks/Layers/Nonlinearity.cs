namespace NetGen.Benchmarks;

/// <summary>A layer's element-wise (or, for softmax, row-wise) end.</summary>
internal enum Nonlinearity
{
    Linear,
    ReLU,
    Tanh,
    Softmax,
}

/// <summary>What each <see cref="Nonlinearity"/> is called in ONNX.</summary>
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
}
