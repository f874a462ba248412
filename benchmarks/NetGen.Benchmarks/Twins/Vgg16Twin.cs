namespace NetGen.Benchmarks;

/// <summary>VGG16 by Keras's names (Simonyan, Zisserman, 2014).</summary>
internal static class Vgg16Twin
{
    private static readonly (int Filters, int Convolutions)[] Stages = [(64, 2), (128, 2), (256, 3), (512, 3), (512, 3)];

    public static Layer Build()
    {
        Layer x = new InputLayer(224, 224, 3);
        foreach (var (stage, (filters, convolutions)) in Stages.Index())
        {
            for (int i = 1; i <= convolutions; i++)
                x = new ConvLayer($"block{stage + 1}_conv{i}", x, filters, 3) { Padding = (1, 1), Nonlinearity = Nonlinearity.ReLU };
            x = new MaxPoolLayer($"block{stage + 1}_pool", x, 2, 2);
        }
        x = new FlattenLayer("flatten", x);
        x = new DenseLayer("fc1", x, 4096, Nonlinearity.ReLU);
        x = new DenseLayer("fc2", x, 4096, Nonlinearity.ReLU);
        return new DenseLayer("predictions", x, 1000, Nonlinearity.Softmax);
    }
}
