namespace NetGen;

/// <summary>A network: its weights, by name, and what is known of it. The generated part of a class with <see cref="NetworkAttribute"/> derives from it.</summary>
public abstract partial class Network
{
    private long weightsVersion = 1;

    private protected Network(NetworkDefinition definition, InferenceProgram? program)
    {
        this.Definition = definition;
        this.program = program
            ?? throw new InvalidOperationException($"{definition.Name} was not compiled: the generator reported errors, or its output was left out of the build.");
        this.snapshot = new WeightsSnapshot(program);
        this.runsWhole = program.RunsWhole;
        this.stateFloats = program.StateFloats;
        this.stateSizes = [.. program.StateSizes];
        this.stateOffsets = [.. program.StateOffsets];
        this.inputSize = definition.Inputs[0].Size;
        this.outputSize = definition.Outputs[0].Size;
        this.hasMasks = definition.HasMasks;
        this.hasTokens = Array.Exists(definition.Inputs, input => input.Tokens > 0);
        this.runsDirectly = this.runsWhole && !this.hasTokens;
        this.times = definition.Lengths.Length == 0 && !this.hasMasks ? 0 : definition.Times;
        this.live = new bool[definition.Toggles.Length];
        for (int i = 0; i < this.live.Length; i++)
        {
            this.live[i] = definition.Toggles[i].Live;
        }

        this.scales = new double[definition.Parameters.Length];
        for (int i = 0; i < this.scales.Length; i++)
        {
            this.scales[i] = 1;
        }
    }

    /// <summary>What the compiler knows.</summary>
    internal NetworkDefinition Definition { get; }

    /// <summary>The inference graph in ONNX's words; null where it has no ONNX form.</summary>
    internal virtual string? OnnxText => null;

    /// <summary>Held while weights change and while a snapshot of them is made, so that no snapshot is half old.</summary>
    internal Lock WeightsLock { get; } = new();

    /// <summary>Counts the changes of the weights; read and raised under the lock, read outside it to see that a snapshot is old.</summary>
    internal long WeightsVersion => this.weightsVersion;

    /// <summary>The weights and states, in the order of the tape.</summary>
    public IReadOnlyList<ParameterInfo> Parameters => this.Definition.Parameters;

    /// <summary>The table of layers, as Keras prints it with <c>summary()</c>.</summary>
    public string SummaryText => this.Definition.Summary;

    /// <summary>Copies a weight out, in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name; the text has the nearest.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    public float[] GetWeights(string name)
    {
        float[] values = new float[this.Find(name).Count];
        this.GetWeights(name, values);
        return values;
    }

    /// <summary>Copies a weight into a span, in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    public void GetWeights(string name, Span<float> destination)
    {
        ParameterInfo parameter = this.Find(name);
        CheckLength(parameter, destination.Length);
        lock (this.WeightsLock)
        {
            NativeBuffer weights = this.Weights;
            parameter.Unpack(weights.Slice(0, this.Definition.WeightsLength), destination);
            GC.KeepAlive(weights);
        }
    }

    /// <summary>Replaces a weight by values in Keras's layout.</summary>
    /// <exception cref="ArgumentException">There is no parameter of this name, or the span has another length.</exception>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    public void SetWeights(string name, ReadOnlySpan<float> values)
    {
        ParameterInfo parameter = this.Find(name);
        CheckLength(parameter, values.Length);
        lock (this.WeightsLock)
        {
            parameter.Pack(values, this.Weights.Slice(0, this.Definition.WeightsLength));
            this.weightsVersion++;
        }
    }

    /// <summary>Draws the start values of all parameters.</summary>
    /// <param name="seed">The same seed gives the same weights on every machine.</param>
    /// <exception cref="InvalidOperationException">The network is for inference only.</exception>
    public void Initialize(ulong seed)
    {
        lock (this.WeightsLock)
        {
            for (int i = 0; i < this.Definition.Parameters.Length; i++)
            {
                ParameterInfo parameter = this.Definition.Parameters[i];
                float[] values = new float[parameter.Count];
                parameter.Initialize(values, seed, (uint)i);
                parameter.Pack(values, this.Weights.Slice(0, this.Definition.WeightsLength));
            }

            this.weightsVersion++;
        }
    }

    /// <summary>Says that the weights were changed in place; the caller holds the lock.</summary>
    internal void MarkWeightsChanged() => this.weightsVersion++;

    private ParameterInfo Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Array.Find(this.Definition.Parameters, p => p.Name == name)
            ?? throw new ArgumentException(
                $"{this.Definition.Name} has no parameter '{name}'.{NearestName.Advice(name, [.. this.Definition.Parameters.Select(p => p.Name)])}", nameof(name));
    }

    private static void CheckLength(ParameterInfo parameter, int length)
    {
        if (length != parameter.Count)
        {
            throw new ArgumentException($"{parameter} has {parameter.Count} elements; the span has {length}.");
        }
    }
}
