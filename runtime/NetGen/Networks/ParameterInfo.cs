namespace NetGen;

/// <summary>A weight or a state of a network: its name and shape in Keras's terms, and where it lies in the flat weights.</summary>
/// <param name="name">The path: <c>dense/kernel</c>.</param>
/// <param name="shape">The shape in Keras's layout.</param>
/// <param name="offset">The first element in the flat weights.</param>
/// <param name="initializer">What gives it its start values.</param>
/// <param name="layout">How it lies there.</param>
/// <param name="regularizer">A penalty that the trainer adds to the loss, or null.</param>
/// <param name="constraint">What the weight must meet after every update, or null.</param>
/// <param name="trainable">False for a state that only the network itself changes (a moving average).</param>
/// <param name="toggle">The name on the tape whose <c>Trainable</c> governs it, or null where it always trains.</param>
/// <param name="fanIn">How many inputs each unit has, where the shape does not tell it as that of a matrix or of a convolution does; 0 where it does.</param>
/// <param name="fanOut">How many outputs; 0 where the shape tells it.</param>
public sealed class ParameterInfo(
    string name,
    int[] shape,
    int offset,
    Initializer initializer,
    WeightLayout layout = WeightLayout.Plain,
    Regularizer? regularizer = null,
    Constraint? constraint = null,
    bool trainable = true,
    string? toggle = null,
    int fanIn = 0,
    int fanOut = 0)
{
    private readonly int[] shape = shape;

    /// <summary>The path: <c>dense/kernel</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The shape in Keras's layout.</summary>
    public ReadOnlySpan<int> Shape => this.shape;

    /// <summary>Elements in Keras's layout.</summary>
    public int Count { get; } = TensorInfo.SampleSize(shape);

    /// <summary>The first element in the flat weights.</summary>
    public int Offset { get; } = offset;

    /// <summary>Elements in the flat weights, pad lanes included, a whole number of cache lines.</summary>
    public int Length { get; } = (LengthOf(shape, layout) + 15) / 16 * 16;

    /// <summary>How it lies in the flat weights.</summary>
    public WeightLayout Layout { get; } = layout;

    /// <summary>What gives it its start values.</summary>
    public Initializer Initializer { get; } = initializer;

    /// <summary>A penalty that the trainer adds to the loss, or null.</summary>
    public Regularizer? Regularizer { get; } = regularizer;

    /// <summary>What the weight must meet after every update, or null.</summary>
    public Constraint? Constraint { get; } = constraint;

    /// <summary>False for a state that only the network itself changes.</summary>
    public bool Trainable { get; } = trainable;

    /// <summary>The name on the tape whose <c>Trainable</c> governs it, or null where it always trains.</summary>
    public string? Toggle { get; } = toggle;

    /// <summary>Gives it its start values in Keras's layout.</summary>
    /// <param name="logical">As many floats as <see cref="Count"/>.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">Its place among the network's parameters.</param>
    internal void Initialize(Span<float> logical, ulong seed, uint stream)
    {
        if (fanIn > 0 && this.Initializer is ScaledInitializer scaled)
        {
            scaled.Fill(logical, (fanIn, fanOut), seed, stream);
        }
        else
        {
            this.Initializer.Fill(logical, this.shape, seed, stream);
        }
    }

    /// <summary>Its name, behind a prefix, and its shape.</summary>
    internal TensorInfo ToTensor(string prefix = "") => new(prefix.Length == 0 ? this.Name : prefix + this.Name, this.shape, this.Count, ElementType.Float32);

    /// <summary>Copies from the flat weights to Keras's layout.</summary>
    internal void Unpack(ReadOnlySpan<float> weights, Span<float> logical) => this.UnpackOwn(weights.Slice(this.Offset, this.Length), logical);

    /// <summary>Copies from its own part of flat weights to Keras's layout.</summary>
    internal void UnpackOwn(ReadOnlySpan<float> packed, Span<float> logical)
    {
        if (this.Layout == WeightLayout.Plain)
        {
            packed[..this.Count].CopyTo(logical);
        }
        else
        {
            Packing.PanelsToPlain(in packed[0], ref logical[0], this.Rows, this.Columns, 0, Packing.Panels(this.Columns));
        }
    }

    /// <summary>Copies from Keras's layout to the flat weights; pad lanes become zero.</summary>
    internal void Pack(ReadOnlySpan<float> logical, Span<float> weights)
    {
        Span<float> packed = weights.Slice(this.Offset, this.Length);
        packed.Clear();
        if (this.Layout == WeightLayout.Plain)
        {
            logical.CopyTo(packed);
        }
        else
        {
            Packing.PlainToPanels(in logical[0], ref packed[0], this.Rows, this.Columns, 0, Packing.Panels(this.Columns));
        }
    }

    /// <summary>Floats of a tensor that are read at a time where they have to be packed.</summary>
    private const int ChunkLength = 16 << 10;

    /// <summary>Room for reading any of some parameters: at least a row of the panels.</summary>
    internal static float[] NewChunk(ParameterInfo[] parameters)
    {
        int length = ChunkLength;
        foreach (ParameterInfo parameter in parameters)
        {
            length = parameter.Layout == WeightLayout.Plain ? length : Math.Max(length, parameter.Columns);
        }

        return new float[length];
    }

    /// <summary>Reads it from a file into its part of flat weights, whose pad lanes are zero, at most as many elements at a time as the chunk takes.</summary>
    internal void Read(SafetensorsReader reader, int position, Span<float> packed, float[] chunk)
    {
        if (this.Layout == WeightLayout.Plain)
        {
            reader.Read(position, packed[..this.Count]);
            return;
        }

        int rows = this.Rows;
        int columns = this.Columns;
        int most = Math.Max(1, chunk.Length / Math.Max(1, columns));
        for (int row = 0; row < rows; row += most)
        {
            int count = Math.Min(most, rows - row);
            reader.Read(position, (long)row * columns, new Span<float>(chunk, 0, count * columns));
            Packing.RowsToPanels(in chunk[0], ref packed[0], row, count, rows, columns, 0, Packing.Panels(columns));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{this.Name} {TensorInfo.FormatShape(this.shape)}";

    /// <summary>The columns of the panels: the last axis.</summary>
    private int Columns => this.shape[^1];

    /// <summary>The rows of the panels: all axes before the last together.</summary>
    private int Rows => this.Count / this.Columns;

    private static int LengthOf(int[] shape, WeightLayout layout) =>
        layout == WeightLayout.Plain ? TensorInfo.SampleSize(shape) : checked(TensorInfo.SampleSize(shape) / shape[^1] * Packing.StoredColumns(shape[^1]));
}
