using System.Collections;

namespace NetGen;

/// <summary>
/// The results of an epoch, or of its batches so far, by name and in the order of reporting: <c>loss</c>, the losses and metrics of the outputs, those of the
/// validation with <c>val_</c> before them, and whatever callbacks add, such as <c>learning_rate</c>.
/// </summary>
public sealed class Logs : IReadOnlyDictionary<string, double>
{
    private readonly List<string> names = [];
    private readonly List<double> values = [];

    /// <summary>The number of results.</summary>
    public int Count => names.Count;

    /// <summary>The names in the order of reporting.</summary>
    public IEnumerable<string> Keys => names;

    /// <summary>The results in the order of their names.</summary>
    public IEnumerable<double> Values => values;

    /// <summary>A result. Setting a new name adds it behind the others.</summary>
    /// <param name="key">The name, for example <c>val_loss</c>.</param>
    /// <exception cref="KeyNotFoundException">There is no result of this name; the message lists those that there are.</exception>
    public double this[string key]
    {
        get => TryGetValue(key, out double value)
            ? value
            : throw new KeyNotFoundException($"There is no result '{key}'. There are: {string.Join(", ", names)}.");
        set
        {
            ArgumentException.ThrowIfNullOrEmpty(key);
            int index = names.IndexOf(key);
            if (index < 0) Add(key, value);
            else values[index] = value;
        }
    }

    /// <inheritdoc/>
    public bool ContainsKey(string key) => names.Contains(key);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out double value)
    {
        int index = names.IndexOf(key);
        value = index < 0 ? 0 : values[index];
        return index >= 0;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator()
    {
        for (int i = 0; i < names.Count; i++) yield return KeyValuePair.Create(names[i], values[i]);
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The results as <c>loss: 0.1234 - accuracy: 0.9876</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(" - ", this.Select(pair => $"{pair.Key}: {ProgressBar.Format(pair.Value)}"));

    /// <summary>The name at a position.</summary>
    internal string NameAt(int index) => names[index];

    /// <summary>The result at a position.</summary>
    internal double ValueAt(int index) => values[index];

    internal void Add(string name, double value)
    {
        names.Add(name);
        values.Add(value);
    }

    internal void SetAt(int index, double value) => values[index] = value;
}
