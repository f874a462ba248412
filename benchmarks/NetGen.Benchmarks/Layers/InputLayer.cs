using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>What the network is given: numbers, or tokens from 0 to <paramref name="tokens"/> - 1.</summary>
internal sealed class InputLayer(string name, int[] shape, int tokens = 0) : Layer(name)
{
    /// <summary>The one input of a network.</summary>
    public InputLayer(params int[] shape)
        : this("x", shape)
    {
    }

    /// <summary>How many tokens there are; 0 for an input of numbers.</summary>
    public int Tokens => tokens;

    /// <summary>Elements of one sample.</summary>
    public int Size => shape.Aggregate(1, (a, b) => a * b);

    protected override int[] InferShape() => shape;

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => Name;

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) => throw new NotSupportedException("the input is given, not computed");
}
