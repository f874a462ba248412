namespace NetGen.Benchmarks;

/// <summary>ResNet-20 for 32x32 (He et al., 2015, section 4.2), its shortcuts projected where the shape changes.</summary>
internal static class Resnet20CifarTwin
{
    private const int Stages = 3, Blocks = 3;

    public static Layer Build()
    {
        Layer x = Conv(new InputLayer(32, 32, 3), 16, 3, 1, Nonlinearity.ReLU, "conv1");
        for (int stage = 0; stage < Stages; stage++)
        {
            for (int block = 0; block < Blocks; block++)
                x = Basic(x, 16 << stage, stage > 0 && block == 0 ? 2 : 1, $"stage{stage + 1}_block{block + 1}");
        }
        x = new GlobalAverageLayer("avg_pool", x);
        return new DenseLayer("predictions", x, 10, Nonlinearity.Softmax);
    }

    private static AddLayer Basic(Layer x, int filters, int strides, string prefix)
    {
        var shortcut = strides > 1 ? Conv(x, filters, 1, strides, Nonlinearity.Linear, prefix + "_0") : x;
        var branch = Conv(x, filters, 3, strides, Nonlinearity.ReLU, prefix + "_1");
        branch = Conv(branch, filters, 3, 1, Nonlinearity.Linear, prefix + "_2", gain: 0.5f);
        return new AddLayer(prefix + "_add", shortcut, branch, Nonlinearity.ReLU);
    }

    private static ConvLayer Conv(Layer x, int filters, int size, int strides, Nonlinearity nonlinearity, string prefix, float gain = 1) =>
        new(prefix + "_conv", x, filters, size)
        {
            Strides = strides,
            Padding = (size / 2, size / 2),
            UseBias = false,
            Normalization = new BatchNormalization(prefix + "_bn", Epsilon: 1e-3f, Momentum: 0.99f) { Gain = gain },
            Nonlinearity = nonlinearity,
        };
}
