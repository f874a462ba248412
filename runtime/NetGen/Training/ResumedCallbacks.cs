namespace NetGen;

/// <summary>What a checkpoint keeps of the callbacks; each is known by its type and its place among those of that type.</summary>
internal sealed class ResumedCallbacks
{
    private const string Prefix = "callbacks/";

    private readonly List<(Callback Callback, Dictionary<string, string> State, NativeBuffer? Weights)> states = [];

    /// <summary>Readies what a checkpoint keeps for the callbacks that there are.</summary>
    public ResumedCallbacks(IReadOnlyList<Callback> callbacks, Network network, IReadOnlyDictionary<string, string> values, IReadOnlyList<TensorInfo> tensors)
    {
        HashSet<string> claimed = new(StringComparer.Ordinal);
        foreach ((string key, Callback callback) in Keys(callbacks))
        {
            Dictionary<string, string> state = values
                .Where(pair => pair.Key.StartsWith(key, StringComparison.Ordinal))
                .ToDictionary(pair => pair.Key[key.Length..], pair => pair.Value, StringComparer.Ordinal);
            NativeBuffer? weights = null;
            if (tensors.Any(tensor => tensor.Name.StartsWith(key, StringComparison.Ordinal)))
            {
                weights = new NativeBuffer(network.Definition.WeightsLength);
                Sections.Add(new CheckpointSection(key.TrimEnd('/'), network.StoreOf(weights, network.Definition.Parameters)));
                claimed.Add(key);
            }

            if (state.Count > 0 || weights is not null) states.Add((callback, state, weights));
        }

        Sections.AddRange(DiscardedTensors.Under(Prefix.TrimEnd('/'), tensors.Where(tensor => !claimed.Any(key => tensor.Name.StartsWith(key, StringComparison.Ordinal)))));
    }

    /// <summary>Where the tensors of the callbacks go.</summary>
    public List<CheckpointSection> Sections { get; } = [];

    /// <summary>Adds what the callbacks want kept to a checkpoint.</summary>
    public static void Save(IReadOnlyList<Callback> callbacks, Network network, Dictionary<string, string> values, List<CheckpointSection> sections)
    {
        foreach ((string key, Callback callback) in Keys(callbacks))
        {
            Dictionary<string, string> state = new(StringComparer.Ordinal);
            callback.SaveState(state);
            foreach ((string name, string value) in state) values[key + name] = value;
            if (callback.KeptWeights is { } weights) sections.Add(new CheckpointSection(key.TrimEnd('/'), network.StoreOf(weights, network.Definition.Parameters)));
        }
    }

    /// <summary>Gives the callbacks their states.</summary>
    public void Restore()
    {
        foreach ((Callback callback, Dictionary<string, string> state, NativeBuffer? weights) in states)
        {
            callback.LoadState(state);
            callback.KeptWeights = weights;
        }
    }

    private static IEnumerable<(string Key, Callback Callback)> Keys(IReadOnlyList<Callback> callbacks)
    {
        Dictionary<string, int> counts = new(StringComparer.Ordinal);
        foreach (Callback callback in callbacks)
        {
            string type = callback.GetType().Name;
            int number = counts.GetValueOrDefault(type);
            counts[type] = number + 1;
            yield return (FormattableString.Invariant($"{Prefix}{type}/{number}/"), callback);
        }
    }
}
