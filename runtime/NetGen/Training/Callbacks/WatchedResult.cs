namespace NetGen;

/// <summary>A result that a callback watches, and what counts as better.</summary>
internal sealed class WatchedResult
{
    private readonly string owner;
    private readonly MonitorMode mode;
    private readonly double minDelta;
    private bool? isMax;

    /// <summary>Watches a result.</summary>
    /// <param name="owner">The callback's name, for messages.</param>
    /// <param name="name">The result's name.</param>
    /// <param name="mode">Which way it gets better.</param>
    /// <param name="minDelta">By how much it must, at least; its sign does not matter.</param>
    public WatchedResult(string owner, string name, MonitorMode mode, double minDelta)
    {
        ArgumentException.ThrowIfNullOrEmpty(name, "monitor");
        if (!Enum.IsDefined(mode)) throw new ArgumentOutOfRangeException(nameof(mode), mode, $"A value of {nameof(MonitorMode)} is expected.");
        this.owner = owner;
        this.mode = mode;
        this.minDelta = Math.Abs(Arguments.Finite(minDelta, nameof(minDelta)));
        Name = name;
    }

    /// <summary>The result's name.</summary>
    public string Name { get; }

    /// <summary>The value that every other one is better than.</summary>
    public double Worst(Trainer trainer) => IsMax(trainer) ? double.NegativeInfinity : double.PositiveInfinity;

    /// <summary>Rejects before the first step what could not be watched after an epoch or, where <paramref name="isEpoch"/> is false, after a batch.</summary>
    /// <exception cref="InvalidOperationException">Training will not report the result, or it is not known which way it gets better.</exception>
    public void Check(Callback reader, bool isEpoch = true)
    {
        if (reader.Trainer.ReportedInsteadOf(Name, reader.Run, isEpoch, reader) is { } reported) throw Unreported(reported);
        _ = IsMax(reader.Trainer);
    }

    /// <summary>The value in the logs.</summary>
    /// <exception cref="InvalidOperationException">Training does not report it.</exception>
    public double ValueIn(Logs logs) => logs.TryGetValue(Name, out double value) ? value : throw Unreported([.. logs.Keys]);

    private InvalidOperationException Unreported(string[] reported)
    {
        string advice = Name.StartsWith("val_", StringComparison.Ordinal) && reported.Contains(Name[4..]) ? " Give Fit a validation set." : "";
        return new InvalidOperationException($"{owner} watches '{Name}', which training does not report; it reports: {string.Join(", ", reported)}.{advice}");
    }

    /// <summary>Whether a value is better than a reference by more than the least difference. NaN is never better.</summary>
    public bool IsBetter(double value, double reference, Trainer trainer) => IsMax(trainer) ? value - minDelta > reference : value + minDelta < reference;

    private bool IsMax(Trainer trainer) => isMax ??= mode switch
    {
        MonitorMode.Min => false,
        MonitorMode.Max => true,
        _ => trainer.DirectionOf(Name) switch
        {
            MetricDirection.Minimize => false,
            MetricDirection.Maximize => true,
            _ => throw new InvalidOperationException(
                $"{owner} watches '{Name}', of which it is not known which way it gets better; set its mode to {nameof(MonitorMode.Min)} or {nameof(MonitorMode.Max)}."),
        },
    };
}
