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
    ];

    /// <exception cref="UsageException">There is no workload of that name.</exception>
    public static Workload Find(string name) => All.FirstOrDefault(w => w.Name == name)
        ?? throw new UsageException($"no command or workload '{name}'; workloads: {string.Join(", ", All.Select(w => w.Name))}");

    /// <summary>Dense layers of the given sizes under Keras's automatic names: dense, dense_1, dense_2.</summary>
    private static Workload Dense(string name, int[] sizes, Nonlinearity hidden, Nonlinearity end, TrainingLoss loss, int trainBatch)
    {
        var layers = new Layer[sizes.Length - 1];
        for (int i = 0; i < layers.Length; i++)
            layers[i] = new DenseLayer(i == 0 ? "dense" : $"dense_{i}", sizes[i], sizes[i + 1], i < layers.Length - 1 ? hidden : end);
        return new Workload(name, [sizes[0]], layers, loss, trainBatch);
    }
}
