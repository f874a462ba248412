namespace NetGen;

/// <summary>Runs the random layers that stand before the part that starts frozen, as a training step does.</summary>
/// <param name="program">Of which the forward half runs.</param>
/// <param name="size">Floats of a sample of what it gives.</param>
internal sealed unsafe class FrozenEntry(TrainingProgram program, int size) : ITeamJob
{
    private readonly NativeBuffer prepared = new(program.PreparedLength);
    private NativeBuffer arena = new(0);
    private NativeBuffer output = new(0);
    private Frame frame;

    /// <summary>Runs them on a batch.</summary>
    /// <param name="batch">The samples.</param>
    /// <param name="step">Has the inputs, sizes and the key of random numbers.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <returns>What the last of them gives, valid until the next batch.</returns>
    public ReadOnlySpan<float> Run(Batch batch, in Frame step, int threads)
    {
        int most = TrainingEngine.ThreadsFor(program, batch.Count, threads);
        frame = step;
        frame.Parts = Math.Min(most, Team.Shared.Size);
        nint length = program.ArenaLength(in frame);
        if (length > arena.Length) arena = new NativeBuffer(length);
        if (output.Length < (nint)batch.Count * size) output = new NativeBuffer((nint)batch.Capacity * size);
        frame.ArenaPointer = arena.Pointer;
        frame.PreparedPointer = prepared.Pointer;
        frame.Outputs[0] = (nint)output.Pointer;
        Team.Shared.TryAcquire(most, out TeamLease lease);
        using (lease) lease.Run(this);
        return output.Slice(0, batch.Count * size);
    }

    /// <inheritdoc/>
    void ITeamJob.Run(int part, int parts, TeamBarrier barrier)
    {
        Frame own = frame;
        (own.Part, own.Parts, own.Barrier) = (part, parts, barrier);
        program.Prepare(in own);
        barrier.Sync();
        program.Forward(in own);
    }
}
