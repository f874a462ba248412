namespace NetGen.Benchmarks;

/// <summary>What a step is: one inference call, or one training step (forward, loss, backward, optimizer).</summary>
internal enum Mode
{
    Infer,
    Train,
}
