using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>One layer of a workload on the outputs of others, told once for every peer, so that all of them hold the same network.</summary>
internal abstract class Layer(string name, params Layer[] inputs)
{
    public string Name { get; } = name;

    public IReadOnlyList<Layer> Inputs { get; } = inputs;

    /// <summary>Names ("dense/kernel") and shapes of the weights, in Keras's layout.</summary>
    public virtual IEnumerable<WeightShape> Weights => [];

    /// <summary>Multiply-adds of one sample's matrix products and convolutions; element-wise work is not counted.</summary>
    public virtual long MultiplyAdds => 0;

    /// <summary>Those of them that the layer's input goes through; the rest of a recurrent layer's go through its own output.</summary>
    public virtual long InputMultiplyAdds => MultiplyAdds;

    /// <summary>Shape of one sample's output, channels last.</summary>
    public int[] OutputShape => field ??= InferShape();

    /// <summary>The shape of the output from those of the inputs.</summary>
    protected abstract int[] InferShape();

    /// <summary>Adds the layer's nodes behind values <paramref name="inputs"/> and returns the name of its output.</summary>
    public abstract string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights);

    /// <summary>The same layer of TorchSharp with its part of <paramref name="weights"/>.</summary>
    public abstract TorchLayer ToTorch(WeightSet weights, TorchOptions options);

    /// <summary>The layers that <paramref name="output"/> depends on and itself, each behind those that it reads.</summary>
    public static IReadOnlyList<Layer> InOrder(Layer output)
    {
        List<Layer> order = [];
        HashSet<Layer> seen = [];
        Visit(output);
        return order;

        void Visit(Layer layer)
        {
            if (!seen.Add(layer)) return;
            foreach (var input in layer.Inputs) Visit(input);
            order.Add(layer);
        }
    }
}
