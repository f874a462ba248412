namespace NetGen;

/// <summary>What training reported, epoch by epoch.</summary>
public sealed class History
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, List<double>> values = new(StringComparer.Ordinal);
    private readonly List<int> epochs = [];

    /// <summary>The finished epochs, from 0.</summary>
    public IReadOnlyList<int> Epochs => epochs;

    /// <summary>The names of the results, in the order of reporting.</summary>
    public IReadOnlyList<string> Names => names;

    /// <summary>A result for each epoch that reported it.</summary>
    /// <param name="name">The name, for example <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">Nothing of this name was reported; the message lists what was.</exception>
    public IReadOnlyList<double> this[string name] => values.TryGetValue(name, out List<double>? list)
        ? list
        : throw new KeyNotFoundException($"Training reported no '{name}'. It reported: {string.Join(", ", names)}.");

    /// <summary>Whether a result of this name was reported.</summary>
    /// <param name="name">The name.</param>
    /// <returns>True if there is at least one value.</returns>
    public bool Contains(string name) => values.ContainsKey(name);

    internal void Record(int epoch, Logs logs)
    {
        epochs.Add(epoch);
        for (int i = 0; i < logs.Count; i++) ListOf(logs.NameAt(i)).Add(logs.ValueAt(i));
    }

    /// <summary>The history of a run up to some epoch, from a checkpoint.</summary>
    internal static History Restore(int finishedEpochs, IEnumerable<KeyValuePair<string, IReadOnlyList<double>>> results)
    {
        History history = new();
        foreach ((string name, IReadOnlyList<double> list) in results) history.ListOf(name).AddRange(list);
        int count = Math.Min(history.values.Values.Select(list => list.Count).DefaultIfEmpty().Max(), finishedEpochs);
        history.epochs.AddRange(Enumerable.Range(finishedEpochs - count, count));
        return history;
    }

    internal OrderedDictionary<string, IReadOnlyList<double>> ToDictionary() =>
        new(names.Select(name => new KeyValuePair<string, IReadOnlyList<double>>(name, values[name].ToArray())), StringComparer.Ordinal);

    private List<double> ListOf(string name)
    {
        if (values.TryGetValue(name, out List<double>? list)) return list;
        names.Add(name);
        return values[name] = [];
    }
}
