namespace NetGen.Generator;

/// <summary>A kernel on buffers.</summary>
/// <param name="Kernel">The method.</param>
/// <param name="Buffers">One for each of the kernel's operands.</param>
/// <param name="Scope">The layer for which it runs.</param>
internal sealed record Step(Kernel Kernel, EquatableArray<Buffer> Buffers, string Scope)
{
    /// <summary>The step runs only if the loss gave the gradient of this output and not of its logits; -1: always.</summary>
    public int UnlessFused { get; init; } = -1;

    /// <summary>When it runs, by what trains.</summary>
    public Need Need { get; init; } = Need.Always;

    /// <summary>It does not run while this holds, because another step then does its work.</summary>
    public Need Unless { get; init; } = Need.Never;

    /// <summary>All parts must have come this far before it starts.</summary>
    public bool SyncBefore { get; init; }

    /// <summary>Its units may go to any part, because all parts meet between it and the next step; the value is how many one call takes at least. Null where each part does its own.</summary>
    public int? Grain { get; init; }

    /// <summary>The parameters that no later step of Prepare reads, by their positions.</summary>
    public EquatableArray<int> Releases { get; init; } = EquatableArray<int>.Empty;

    /// <summary>The step with another loop, whose operands are what its body touches.</summary>
    public Step WithLoop(LoopKernel loop) => this with { Kernel = loop, Buffers = loop.Body.SelectMany(s => s.Buffers).ToEquatableArray() };
}

/// <summary>A list of steps with a name: prepare, run, forward, backward.</summary>
internal sealed record StepList(string Name, EquatableArray<Step> Steps);
