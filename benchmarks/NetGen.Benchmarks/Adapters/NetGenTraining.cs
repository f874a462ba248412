namespace NetGen.Benchmarks;

/// <summary>
/// One training step as a user makes it: TrainOnBatch on the batch where it lies, which gives the loss with penalties; with several inputs, which it does not take, an epoch of
/// one batch, whose copy counts.
/// </summary>
internal sealed class NetGenTraining<TNetwork> : IContestant
    where TNetwork : Network<TNetwork>, INetwork<TNetwork>
{
    private readonly Trainer<TNetwork> trainer;
    private readonly float[] x, y;
    private readonly Setup setup;
    private readonly SetupData? data;
    private readonly float[] loss = new float[1];

    public NetGenTraining(TNetwork model, Setup setup)
    {
        bool classes = setup.Workload.Loss == TrainingLoss.SparseCategoricalCrossentropy;
        this.setup = setup;
        data = setup.Inputs.Count > 1 ? new SetupData(setup) : null;
        x = setup.Inputs[0];
        y = classes ? Array.ConvertAll(setup.Labels, label => (float)label) : setup.Targets;
        trainer = new Trainer<TNetwork>(model)
        {
            Optimizer = setup.Workload.Optimizer switch
            {
                TrainingOptimizer.Adam => new Adam(setup.LearningRate) { Epsilon = Setup.AdamEpsilon },
                TrainingOptimizer.SGD => new SGD(setup.LearningRate),
                TrainingOptimizer.Momentum => new SGD(setup.LearningRate) { Momentum = Setup.Momentum },
                _ => throw new ArgumentException($"{setup.Workload.Optimizer} is none of NetGen's here", nameof(setup)),
            },
            Loss = classes ? Loss.SparseCategoricalCrossentropy() : Loss.MeanSquaredError(),
            Threads = setup.Threads,
        };
    }

    public ReadOnlySpan<float> Output => loss;

    public void Step() => loss[0] = (float)(data is null ? trainer.TrainOnBatch(x, y) : trainer.Fit(data, batchSize: setup.Batch, shuffle: false)["loss"][^1]);

    public void Dispose()
    {
        // The network's memory goes with its last reference.
    }
}
