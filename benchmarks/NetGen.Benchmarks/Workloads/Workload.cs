namespace NetGen.Benchmarks;

/// <summary>What a step is: one inference call, or one training step (forward, loss, backward, optimizer).</summary>
internal enum Mode
{
    Infer,
    Train,
}

/// <summary>The loss that a workload is trained with.</summary>
internal enum TrainingLoss
{
    MeanSquaredError,
    SparseCategoricalCrossentropy,
}

/// <summary>One row of the table of workloads: a network and how it is measured.</summary>
internal sealed record Workload(string Name, int[] InputShape, Layer[] Layers, TrainingLoss Loss, int TrainBatch)
{
    /// <summary>NetGen's side; without it the peer is measured alone.</summary>
    public INetGenAdapter? NetGen { get; init; }

    public int[] OutputShape => Layers[^1].OutputShape;

    public long MultiplyAdds => Layers.Sum(layer => layer.MultiplyAdds);

    public int DefaultBatch(Mode mode) => mode == Mode.Train ? TrainBatch : 1;

    /// <summary>
    /// Two operations per multiply-add. A training step is forward, weight gradient and input gradient; the first layer needs no input gradient.
    /// </summary>
    public double FloatingPointOperations(Mode mode, int batch) =>
        2.0 * batch * (mode == Mode.Train ? 3 * MultiplyAdds - Layers[0].MultiplyAdds : MultiplyAdds);
}
