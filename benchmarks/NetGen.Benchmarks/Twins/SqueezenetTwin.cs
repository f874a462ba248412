namespace NetGen.Benchmarks;

/// <summary>SqueezeNet 1.1 as the ONNX model zoo has it, by its names (Iandola et al., 2016), without its dropout.</summary>
internal static class SqueezenetTwin
{
    /// <summary>Channels of the squeezing and of each expanding convolution; a pool stands in front of each stage.</summary>
    private static readonly (int Squeeze, int Expand)[][] Stages = [[(16, 64), (16, 64)], [(32, 128), (32, 128)], [(48, 192), (48, 192), (64, 256), (64, 256)]];

    public static Layer Build()
    {
        Layer x = new ConvLayer("conv1", new InputLayer(224, 224, 3), 64, 3) { Strides = 2, Nonlinearity = Nonlinearity.ReLU };
        int number = 2;
        foreach (var (stage, modules) in Stages.Index())
        {
            x = new MaxPoolLayer($"pool{stage + 1}", x, 3, 2);
            foreach (var (squeeze, expand) in modules) x = Fire(x, squeeze, expand, $"fire{number++}");
        }
        x = new ConvLayer("conv10", x, 1000, 1) { Nonlinearity = Nonlinearity.ReLU };
        return new SoftmaxLayer("softmax", new GlobalAverageLayer("global_average_pooling2d", x));
    }

    private static ConcatenateLayer Fire(Layer x, int squeeze, int expand, string prefix)
    {
        var squeezed = new ConvLayer(prefix + "_squeeze1x1", x, squeeze, 1) { Nonlinearity = Nonlinearity.ReLU };
        return new ConcatenateLayer(prefix + "_concat",
            new ConvLayer(prefix + "_expand1x1", squeezed, expand, 1) { Nonlinearity = Nonlinearity.ReLU },
            new ConvLayer(prefix + "_expand3x3", squeezed, expand, 3) { Padding = (1, 1), Nonlinearity = Nonlinearity.ReLU });
    }
}
