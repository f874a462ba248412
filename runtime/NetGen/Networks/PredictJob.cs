namespace NetGen;

/// <summary>One inference that a team shares: every part runs its own samples through the whole network, so that nobody waits for another.</summary>
internal sealed class PredictJob : ITeamJob
{
    private Network? network;
    private Frame frame;
    private int count;

    /// <summary>Takes what the job is about; the caller holds the memory behind the frame in place until the job has ended.</summary>
    public void Set(Network? network, in Frame frame, int count)
    {
        this.network = network;
        this.frame = frame;
        this.count = count;
    }

    /// <inheritdoc/>
    public bool IsWithoutBarriers => true;

    /// <inheritdoc/>
    public void Run(int part, int parts, TeamBarrier barrier)
    {
        (nint first, nint end) = Partition.Range(this.count, part, parts);
        if (first < end)
        {
            this.network!.RunTiles(this.frame, (int)first, (int)end);
        }
    }
}
