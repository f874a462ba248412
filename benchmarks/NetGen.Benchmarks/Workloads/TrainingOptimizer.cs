namespace NetGen.Benchmarks;

/// <summary>What a workload is trained by.</summary>
internal enum TrainingOptimizer
{
    Adam,
    SGD,
    Momentum,
}
