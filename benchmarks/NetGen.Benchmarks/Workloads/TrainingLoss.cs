namespace NetGen.Benchmarks;

/// <summary>The loss that a workload is trained with.</summary>
internal enum TrainingLoss
{
    MeanSquaredError,
    SparseCategoricalCrossentropy,
}
