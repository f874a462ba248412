namespace NetGen.Generator.Tests;

/// <summary>The numbers that a network is run on: the same for the emitted programs and for the interpreter, so all of them are floats.</summary>
internal sealed class NetData
{
    public const ulong Seed = 77;
    public const uint Step = 3;

    private readonly Dictionary<string, double[]> values = [];

    /// <param name="batch">The number of samples.</param>
    /// <param name="time">The number of steps of every time.</param>
    public NetData(int batch, int time = 3)
    {
        this.Batch = batch;
        this.Time = time;
    }

    public int Batch { get; }

    public int Time { get; }

    /// <summary>Makes the numbers of a value: given the value and an element, the number. Null gives random ones.</summary>
    public Func<Value, int, double?>? Make { get; init; }

    /// <summary>Says which toggles are live, by their names; null leaves all of them so.</summary>
    public Func<string, bool>? Live { get; init; }

    /// <summary>The number of steps of a time by its symbol; null gives <see cref="Time"/> to all.</summary>
    public Func<string, int>? TimeOf { get; init; }

    public IReadOnlyDictionary<string, long> SizesOf(Graph graph) =>
        SizeNames.Of(graph.Values.SelectMany(v => v.Shape.Dims)).Append("n").Distinct().ToDictionary(s => s, s => s == "n" ? this.Batch : (long)(this.TimeOf?.Invoke(s) ?? this.Time));

    public int Count(Value value, Graph graph) => DoubleTensor.CountOf(value.Shape.Evaluate(this.SizesOf(graph)));

    /// <summary>The elements of an input, a parameter, a toggle or a gradient.</summary>
    public double[] Of(Value value, Graph graph)
    {
        string key = $"{value.Kind} {value.Name}";
        if (!this.values.TryGetValue(key, out double[]? data))
        {
            int stream = key.Aggregate(7, (h, c) => unchecked((h * 31) + c)) & 0xFFFF;
            this.values[key] = data = [.. Enumerable.Range(0, this.Count(value, graph)).Select(i => (double)(float)(this.Make?.Invoke(value, i) ?? this.Default(value, stream, i)))];
        }

        return data;
    }

    /// <summary>Whether a toggle is live.</summary>
    public bool IsLive(string toggle) => this.Live?.Invoke(toggle) ?? true;

    private double Default(Value value, int stream, int element) => value.Kind switch
    {
        ValueKind.Lengths => this.TimeOf?.Invoke(value.Name) ?? this.Time,
        ValueKind.Toggle => this.IsLive(value.Name) ? 1 : 0,
        // A variance must be positive; a scale near zero would only magnify the rounding of what it scales.
        _ when value.Parameter is { Trainable: false } || value.Name.EndsWith("/gamma", StringComparison.Ordinal) => 0.5 + Differences.Uniform(stream, element),
        _ => (Differences.Uniform(stream, element) * 2) - 1,
    };
}
