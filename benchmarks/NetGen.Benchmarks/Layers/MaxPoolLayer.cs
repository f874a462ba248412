using NetGen.Benchmarks.Onnx;
using static TorchSharp.torch.nn;

namespace NetGen.Benchmarks;

/// <summary>The largest of each window. Padding is no number, which is what zeros are where no input is below 0.</summary>
internal sealed class MaxPoolLayer(string name, Layer x, int window, int strides, int padding = 0) : Layer(name, x)
{
    private int OutputSize => ((Inputs[0].OutputShape[0] + (2 * padding) - window) / strides) + 1;

    protected override int[] InferShape() => [OutputSize, OutputSize, Inputs[0].OutputShape[2]];

    public override string AddTo(OnnxGraph graph, string[] inputs, WeightSet weights) => graph.Node("MaxPool", Name,
        [
            OnnxGraph.Integers("kernel_shape", window, window),
            OnnxGraph.Integers("strides", strides, strides),
            OnnxGraph.Integers("pads", padding, padding, padding, padding),
        ],
        inputs[0]);

    public override TorchLayer ToTorch(WeightSet weights, TorchOptions options) =>
        new TorchFunction(x => functional.max_pool2d(x[0], window, strides, padding));
}
