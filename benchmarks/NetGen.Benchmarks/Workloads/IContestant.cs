namespace NetGen.Benchmarks;

/// <summary>One side of a comparison, ready to run: everything but the step itself is done by its constructor.</summary>
internal interface IContestant : IDisposable
{
    /// <summary>Output of the last step: inference's output, (batch, ...) row-major; of a training step its loss, one number.</summary>
    ReadOnlySpan<float> Output { get; }

    /// <summary>One inference call, or one training step, on the setup's batch.</summary>
    void Step();
}

/// <summary>One way of configuring a side. Where it is not known beforehand which is best, each is tried and the fastest is measured.</summary>
internal sealed record Variant(string Name, Func<IContestant> Create);
