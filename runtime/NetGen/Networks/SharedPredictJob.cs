namespace NetGen;

/// <summary>One inference of fewer samples than threads: all parts go through the network together, each with its share of every layer.</summary>
internal sealed class SharedPredictJob : ITeamJob
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
    public void Run(int part, int parts, TeamBarrier barrier)
    {
        Frame own = this.frame;
        (own.Part, own.Parts, own.Barrier) = (part, parts, barrier);
        this.network!.RunInArena(own, 0, this.count);
    }
}
