namespace NetGen.Benchmarks;

/// <summary>Every workload, one row each.</summary>
internal static class WorkloadTable
{
    public static IReadOnlyList<Workload> All { get; } =
    [
        Dense("mlp-tiny", [16, 32, 32, 1], Nonlinearity.Tanh, Nonlinearity.Linear, TrainingLoss.MeanSquaredError, trainBatch: 32) with
        {
            NetGen = new NetGenAdapter<MlpTiny>(() => new MlpTiny(), (model, setup) => new MlpTinyInference(model, setup)),
        },
        Dense("mlp", [784, 128, 10], Nonlinearity.ReLU, Nonlinearity.Softmax, TrainingLoss.SparseCategoricalCrossentropy, trainBatch: 128) with
        {
            NetGen = new NetGenAdapter<Mlp>(() => new Mlp(), (model, setup) => new MlpInference(model, setup)),
        },
        Dense("mlp-wide", [784, 512, 256, 10], Nonlinearity.ReLU, Nonlinearity.Softmax, TrainingLoss.SparseCategoricalCrossentropy, trainBatch: 128) with
        {
            NetGen = new NetGenAdapter<MlpWide>(() => new MlpWide(), (model, setup) => new MlpWideInference(model, setup)),
        },
        Lenet() with
        {
            NetGen = new NetGenAdapter<Lenet>(() => new Lenet(), (model, setup) => new LenetInference(model, setup)),
        },
    ];

    /// <exception cref="UsageException">There is no workload of that name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new UsageException($"no command or workload '{name}'; workloads: {string.Join(", ", All.Select(w => w.Name))}");

    /// <summary>28x28x1: two convolutions 5x5, each with a pool, and two dense layers.</summary>
    private static Workload Lenet()
    {
        FlattenLayer flatten = new("flatten", 16, 64);
        return new Workload(
            "lenet",
            [28, 28, 1],
            [
                new ConvLayer("conv2d", 28, 1, 5, 32, Nonlinearity.ReLU),
                new MaxPoolLayer("max_pooling2d", 24, 32, 2),
                new ConvLayer("conv2d_1", 12, 32, 5, 64, Nonlinearity.ReLU),
                new MaxPoolLayer("max_pooling2d_1", 8, 64, 2),
                flatten,
                new DenseLayer("dense", 1024, 128, Nonlinearity.ReLU) { Flattened = flatten },
                new DenseLayer("dense_1", 128, 10, Nonlinearity.Softmax),
            ],
            TrainingLoss.SparseCategoricalCrossentropy,
            TrainBatch: 64);
    }

    /// <summary>Dense layers of the given sizes under Keras's automatic names: dense, dense_1, dense_2.</summary>
    private static Workload Dense(string name, int[] sizes, Nonlinearity hidden, Nonlinearity end, TrainingLoss loss, int trainBatch)
    {
        var layers = new Layer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = new DenseLayer(i == 0 ? "dense" : $"dense_{i}", sizes[i], sizes[i + 1], i < layers.Length - 1 ? hidden : end);
        return new Workload(name, [sizes[0]], layers, loss, trainBatch);
    }
}
