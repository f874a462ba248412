using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>One layer of a workload, told once for every peer, so that all of them hold the same network.</summary>
internal abstract record Layer(string Name)
{
    /// <summary>Names ("dense/kernel") and shapes of the weights, in Keras's layout.</summary>
    public abstract IEnumerable<WeightShape> Weights { get; }

    /// <summary>Multiply-adds of one sample's matrix products and convolutions; element-wise work is not counted.</summary>
    public abstract long MultiplyAdds { get; }

    /// <summary>Shape of one sample's output.</summary>
    public abstract int[] OutputShape { get; }

    /// <summary>Adds the layer's nodes behind value <paramref name="x"/> and returns the name of its output.</summary>
    public abstract string AddTo(OnnxGraph graph, string x, WeightSet weights);

    /// <summary>The same layer of TorchSharp with its part of <paramref name="weights"/>.</summary>
    public abstract TorchLayer ToTorch(WeightSet weights);
}
