using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>A layer's element-wise (or, for softmax, row-wise) end.</summary>
internal enum Nonlinearity
{
    Linear,
    ReLU,
    ReLU6,
    Tanh,
    GELU,
    Softmax,
}

/// <summary>What each <see cref="Nonlinearity"/> is called in ONNX.</summary>
internal static class NonlinearityNames
{
    /// <summary>Adds the nonlinearity behind a layer's value and returns the name of its output. Softmax's axis is the last one by default.</summary>
    public static string AddTo(this Nonlinearity f, OnnxGraph graph, string layer, string x) => f switch
    {
        Nonlinearity.Linear => x,
        Nonlinearity.ReLU => graph.Node("Relu", layer + "/Relu", [], x),
        Nonlinearity.ReLU6 => graph.Node("Clip", layer + "/Clip", [], x, graph.Initializer(Number(0)), graph.Initializer(Number(6))),
        Nonlinearity.Tanh => graph.Node("Tanh", layer + "/Tanh", [], x),
        Nonlinearity.GELU => graph.ContribNode("Gelu", layer + "/Gelu", [], x),
        Nonlinearity.Softmax => graph.Node("Softmax", layer + "/Softmax", [], x),
        _ => throw new ArgumentOutOfRangeException(nameof(f), f, "no such nonlinearity"),
    };

    private static Weight Number(int value) => new($"number_{value}", [], [value]);
}
