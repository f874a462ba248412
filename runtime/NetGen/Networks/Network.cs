namespace NetGen;

/// <summary>A network: its weights, by name, and what is known of it. The generated part of a class with <see cref="NetworkAttribute"/> derives from it.</summary>
public abstract partial class Network
{
    private readonly Dictionary<string, ParameterInfo> byName;

    private protected Network(NetworkDefinition definition)
    {
        this.Definition = definition;
        this.Weights = new NativeBuffer(definition.WeightsLength);
        this.byName = definition.Parameters.ToDictionary(p => p.Name, StringComparer.Ordinal);
        this.WeightsLock = new Lock();
        this.live = [.. definition.Toggles.Select(t => t.Live)];
        this.scales = new double[definition.Parameters.Length];
        Array.Fill(this.scales, 1);
    }

    /// <summary>What the compiler knows.</summary>
    internal NetworkDefinition Definition { get; }

    /// <summary>The master weights, flat.</summary>
    internal NativeBuffer Weights { get; }

    /// <summary>Held while weights change and while a snapshot of them is made, so that no snapshot is half old.</summary>
    internal Lock WeightsLock { get; }

    /// <summary>Counts the changes of the weights; read and raised under the lock, read outside it to see that a snapshot is old.</summary>
    internal long WeightsVersion { get; private set; } = 1;

    /// <summary>The weights and states, in the order of the tape.</summary>
    public IReadOnlyList<ParameterInfo> Parameters => this.Definition.Parameters;

    /// <summary>The table of layers, as Keras prints it with <c>summary()</c>.</summary>
    public string SummaryText => this.Definition.Summary;

    /// <summary>Copies a weight out, in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name; the text has the nearest.</exception>
    public float[] GetWeights(string name)
    {
        float[] values = new float[this.Find(name).Count];
        this.GetWeights(name, values);
        return values;
    }

    /// <summary>Copies a weight into a span, in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name, or the span has another length.</exception>
    public void GetWeights(string name, Span<float> destination)
    {
        ParameterInfo parameter = this.Find(name);
        CheckLength(parameter, destination.Length);
        lock (this.WeightsLock)
        {
            parameter.Unpack(this.Weights.Slice(0, this.Definition.WeightsLength), destination);
        }
    }

    /// <summary>Replaces a weight by values in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name, or the span has another length.</exception>
    public void SetWeights(string name, ReadOnlySpan<float> values)
    {
        ParameterInfo parameter = this.Find(name);
        CheckLength(parameter, values.Length);
        lock (this.WeightsLock)
        {
            parameter.Pack(values, this.Weights.Slice(0, this.Definition.WeightsLength));
            this.WeightsVersion++;
        }
    }

    /// <summary>Draws the start values of all parameters.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    public void Initialize(ulong seed)
    {
        lock (this.WeightsLock)
        {
            for (int i = 0; i < this.Definition.Parameters.Length; i++)
            {
                ParameterInfo parameter = this.Definition.Parameters[i];
                float[] values = new float[parameter.Count];
                parameter.Initializer.Fill(values, parameter.Shape, seed, (uint)i);
                parameter.Pack(values, this.Weights.Slice(0, this.Definition.WeightsLength));
            }

            this.WeightsVersion++;
        }
    }

    /// <summary>Says that the weights were changed in place; the caller holds the lock.</summary>
    internal void MarkWeightsChanged() => this.WeightsVersion++;

    /// <summary>Runs inference on a batch, as the generated Predict does.</summary>
    internal abstract void Infer(scoped in PredictCall call, int threads);

    private ParameterInfo Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return this.byName.TryGetValue(name, out ParameterInfo? parameter) ? parameter
            : throw new ArgumentException($"{this.Definition.Name} has no parameter '{name}'. It has: {string.Join(", ", this.byName.Keys)}.", nameof(name));
    }

    private static void CheckLength(ParameterInfo parameter, int length)
    {
        if (length != parameter.Count)
        {
            throw new ArgumentException($"{parameter} has {parameter.Count} elements; the span has {length}.");
        }
    }
}
