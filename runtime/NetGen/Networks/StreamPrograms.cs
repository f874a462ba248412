namespace NetGen;

/// <summary>The programs behind the streams of a network, and what they read of its weights.</summary>
internal sealed class StreamPrograms
{
    public StreamPrograms(StreamProgram step)
    {
        this.Step = step;
        this.StepWeights = new WeightsSnapshot(step);
        this.StateSizes = [.. step.StateSizes];
        this.StateOffsets = [.. step.StateOffsets];
        this.Starts = [.. step.Starts];
        this.HistorySizes = [.. step.HistorySizes];
        this.HistoryOffsets = [.. step.HistoryOffsets];
        InferenceProgram? setup = step.CreateSetup();
        this.SetupWeights = setup is null ? null : new WeightsSnapshot(setup);
    }

    public StreamProgram Step { get; }

    // Arrays of the program's own: until emitted code is compiled with optimization, each reading of a list of constants allocates.
    public int[] StateSizes { get; }

    public int[] StateOffsets { get; }

    public int[] Starts { get; }

    public int[] HistorySizes { get; }

    public int[] HistoryOffsets { get; }

    public WeightsSnapshot StepWeights { get; }

    /// <summary>Of what runs before the first step, where there is such a thing.</summary>
    public WeightsSnapshot? SetupWeights { get; }

    public WeightsSnapshot[] Snapshots => this.SetupWeights is null ? [this.StepWeights] : [this.StepWeights, this.SetupWeights];
}
