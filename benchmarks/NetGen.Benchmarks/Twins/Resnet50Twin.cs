namespace NetGen.Benchmarks;

/// <summary>ResNet-50 as Keras has it, by its names (He et al., 2015): a stage's stride is in its first convolutions of 1x1, and all have biases.</summary>
internal static class Resnet50Twin
{
    private static readonly (int Filters, int Blocks)[] Stages = [(64, 3), (128, 4), (256, 6), (512, 3)];

    public static Layer Build()
    {
        Layer x = new InputLayer(224, 224, 3);
        x = new ConvLayer("conv1_conv", x, 64, 7) { Strides = 2, Padding = (3, 3), Normalization = Normalization("conv1_bn"), Nonlinearity = Nonlinearity.ReLU };
        x = new MaxPoolLayer("pool1_pool", x, 3, 2, padding: 1);
        foreach (var (stage, (filters, blocks)) in Stages.Index())
        {
            for (int block = 1; block <= blocks; block++)
                x = Bottleneck(x, filters, stage > 0 && block == 1 ? 2 : 1, block == 1, $"conv{stage + 2}_block{block}");
        }
        x = new GlobalAverageLayer("avg_pool", x);
        return new DenseLayer("predictions", x, 1000, Nonlinearity.Softmax);
    }

    private static AddLayer Bottleneck(Layer x, int filters, int strides, bool projects, string prefix)
    {
        var shortcut = projects ? Conv(x, 4 * filters, 1, strides, Nonlinearity.Linear, prefix + "_0") : x;
        var branch = Conv(x, filters, 1, strides, Nonlinearity.ReLU, prefix + "_1");
        branch = Conv(branch, filters, 3, 1, Nonlinearity.ReLU, prefix + "_2");
        branch = Conv(branch, 4 * filters, 1, 1, Nonlinearity.Linear, prefix + "_3", gain: 0.5f);
        return new AddLayer(prefix + "_add", shortcut, branch, Nonlinearity.ReLU);
    }

    private static ConvLayer Conv(Layer x, int filters, int size, int strides, Nonlinearity nonlinearity, string prefix, float gain = 1) =>
        new(prefix + "_conv", x, filters, size)
        {
            Strides = strides,
            Padding = (size / 2, size / 2),
            Normalization = Normalization(prefix + "_bn", gain),
            Nonlinearity = nonlinearity,
        };

    private static BatchNormalization Normalization(string name, float gain = 1) => new(name, Epsilon: 1.001e-5f, Momentum: 0.99f) { Gain = gain };
}
