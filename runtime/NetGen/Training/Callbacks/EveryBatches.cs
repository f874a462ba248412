namespace NetGen;

/// <summary>Counts batches over epochs: every so many one is due.</summary>
internal sealed class EveryBatches
{
    private const string CountState = "batches";

    private readonly int? frequency;
    private int count;

    /// <summary>Begins to count.</summary>
    /// <param name="frequency">After how many batches one is due; null for never.</param>
    /// <param name="argument">The name of the argument that says so.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="frequency"/> is below 1.</exception>
    public EveryBatches(int? frequency, string argument)
    {
        if (frequency is { } batches) ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1, argument);
        this.frequency = frequency;
    }

    /// <summary>Whether a batch is ever due.</summary>
    public bool IsSet => frequency is not null;

    /// <summary>Counts a batch, and says whether it is due.</summary>
    public bool IsDue()
    {
        if (frequency is null || ++count < frequency) return false;
        count = 0;
        return true;
    }

    /// <summary>Writes the count into a callback's state.</summary>
    public void Save(IDictionary<string, string> state) => CallbackState.Write(state, CountState, count);

    /// <summary>Goes on from the count of a callback's state.</summary>
    public void Load(IReadOnlyDictionary<string, string> state) => count = (int)(CallbackState.Read(state, CountState) ?? 0);
}
