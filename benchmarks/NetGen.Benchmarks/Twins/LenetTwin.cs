namespace NetGen.Benchmarks;

/// <summary>28x28x1: two convolutions 5x5, each with a pool, and two dense layers.</summary>
internal static class LenetTwin
{
    public static Layer Build()
    {
        Layer x = new InputLayer(28, 28, 1);
        x = new ConvLayer("conv2d", x, 32, 5) { Nonlinearity = Nonlinearity.ReLU };
        x = new MaxPoolLayer("max_pooling2d", x, 2, 2);
        x = new ConvLayer("conv2d_1", x, 64, 5) { Nonlinearity = Nonlinearity.ReLU };
        x = new MaxPoolLayer("max_pooling2d_1", x, 2, 2);
        x = new FlattenLayer("flatten", x);
        x = new DenseLayer("dense", x, 128, Nonlinearity.ReLU);
        return new DenseLayer("dense_1", x, 10, Nonlinearity.Softmax);
    }
}
