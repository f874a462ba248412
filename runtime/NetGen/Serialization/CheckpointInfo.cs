namespace NetGen;

/// <summary>What a checkpoint holds besides tensors: enough to go on with exactly the numbers of an uninterrupted run.</summary>
public sealed record CheckpointInfo
{
    /// <summary>A hash of the network's architecture; a checkpoint is restored into the same one only.</summary>
    public required string Architecture { get; init; }

    /// <summary>The number of finished epochs.</summary>
    public required int Epoch { get; init; }

    /// <summary>The number of finished optimizer steps, which is also the counter of the random generator.</summary>
    public required long Step { get; init; }

    /// <summary>The seed of the random generator.</summary>
    public required ulong Seed { get; init; }

    /// <summary>The metrics so far: for each name its value per epoch, in the order of reporting.</summary>
    public OrderedDictionary<string, IReadOnlyList<double>> History { get; init; } = [];

    /// <summary>Further state by name, for example that of callbacks.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>();
}
