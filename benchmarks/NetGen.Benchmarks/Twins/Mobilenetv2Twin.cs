namespace NetGen.Benchmarks;

/// <summary>MobileNetV2 as Keras has it, by its names (Sandler et al., 2018): where the map shrinks, zeros stand behind it only.</summary>
internal static class Mobilenetv2Twin
{
    /// <summary>Channels, blocks, and the strides of the first of them.</summary>
    private static readonly (int Filters, int Blocks, int Strides)[] Stages = [(24, 2, 2), (32, 3, 2), (64, 4, 2), (96, 3, 1), (160, 3, 2), (320, 1, 1)];

    public static Layer Build()
    {
        Layer x = new InputLayer(224, 224, 3);
        x = Conv(x, 32, 3, 2, 1, Nonlinearity.ReLU6, "Conv1", "bn_Conv1");
        x = InvertedResidual(x, 16, 1, 1, "expanded_conv");
        int number = 1;
        foreach (var (filters, blocks, strides) in Stages)
        {
            for (int block = 0; block < blocks; block++)
                x = InvertedResidual(x, filters, block == 0 ? strides : 1, 6, $"block_{number++}");
        }
        x = Conv(x, 1280, 1, 1, 1, Nonlinearity.ReLU6, "Conv_1", "Conv_1_bn");
        x = new GlobalAverageLayer("global_average_pooling2d", x);
        return new DenseLayer("predictions", x, 1000, Nonlinearity.Softmax);
    }

    private static Layer InvertedResidual(Layer x, int filters, int strides, int expansion, string prefix)
    {
        int channels = x.OutputShape[2], wide = expansion * channels;
        bool adds = strides == 1 && channels == filters;
        var branch = x;
        if (expansion > 1) branch = Conv(branch, wide, 1, 1, 1, Nonlinearity.ReLU6, prefix + "_expand", prefix + "_expand_BN");
        branch = Conv(branch, wide, 3, strides, wide, Nonlinearity.ReLU6, prefix + "_depthwise", prefix + "_depthwise_BN");
        branch = Conv(branch, filters, 1, 1, 1, Nonlinearity.Linear, prefix + "_project", prefix + "_project_BN", adds ? 0.5f : 1);
        return adds ? new AddLayer(prefix + "_add", x, branch, Nonlinearity.Linear) : branch;
    }

    private static ConvLayer Conv(Layer x, int filters, int size, int strides, int groups, Nonlinearity nonlinearity, string name, string norm, float gain = 1) =>
        new(name, x, filters, size)
        {
            Strides = strides,
            Padding = strides > 1 ? (0, size / 2) : (size / 2, size / 2),
            Groups = groups,
            UseBias = false,
            Normalization = new BatchNormalization(norm, Epsilon: 1e-3f, Momentum: 0.999f) { Gain = gain },
            Nonlinearity = nonlinearity,
        };
}
