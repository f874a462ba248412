namespace NetGen;

/// <summary>
/// One input or target of a data set: a tensor per sample, all of one shape. Float arrays are referred to, not copied; they must not change
/// while the data set is in use.
/// </summary>
public abstract class TensorColumn
{
    /// <summary>The largest magnitude up to which a float holds every integer: 2^24.</summary>
    internal const int LargestExactInteger = 1 << 24;

    private protected TensorColumn(TensorInfo info, int count)
    {
        Info = info;
        Count = count;
    }

    /// <summary>Name, shape of one sample, and element type.</summary>
    public TensorInfo Info { get; }

    /// <summary>The number of samples.</summary>
    public int Count { get; }

    /// <summary>A column of floats.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The samples one after the other, each row-major. The array is referred to, not copied.</param>
    /// <param name="sampleShape">The shape of one sample; none means one number per sample.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The length is no positive multiple of the sample's size.</exception>
    /// <remarks>The values are not checked for NaN and infinity here; <see cref="Dataset.Validate"/> does that.</remarks>
    public static TensorColumn FromFloats(string name, float[] values, params ReadOnlySpan<int> sampleShape)
    {
        ArgumentNullException.ThrowIfNull(values);
        TensorInfo info = Describe(name, sampleShape, ElementType.Float32);
        return new FloatColumn(info, values, CountSamples(info, values.Length));
    }

    /// <summary>A column of floats from a table with a row per sample, which is copied.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="rows">The table; a row is a sample of shape (columns,).</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The table is empty.</exception>
    public static TensorColumn FromRows(string name, float[,] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        var values = new float[rows.Length];
        Buffer.BlockCopy(rows, 0, values, 0, Buffer.ByteLength(rows));
        return FromFloats(name, values, rows.GetLength(1));
    }

    /// <summary>A column of floats from one array per sample, which are copied.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="rows">The samples, all of one length.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is no row, or a row is null, empty or of another length than the first.</exception>
    public static TensorColumn FromRows(string name, float[][] rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        int length = rows.Length > 0 && rows[0] is { } first ? first.Length : 0;
        var values = new float[(long)rows.Length * length];
        for (int i = 0; i < rows.Length; i++)
        {
            if (rows[i] is null || rows[i].Length != length)
            {
                throw new ArgumentException(
                    $"Row {i} of '{name}' has {rows[i]?.Length.ToString() ?? "no"} values; row 0 has {length}.", nameof(rows));
            }

            rows[i].CopyTo(values.AsSpan(i * length));
        }

        return FromFloats(name, values, length);
    }

    /// <summary>A column of integers, most often class labels.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The samples one after the other. The array is referred to, not copied.</param>
    /// <param name="sampleShape">The shape of one sample; none means one number per sample.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The length is no positive multiple of the sample's size, or a value exceeds 2^24 in magnitude,
    /// above
    /// which floats do not hold every integer.</exception>
    public static TensorColumn FromIntegers(string name, int[] values, params ReadOnlySpan<int> sampleShape)
    {
        ArgumentNullException.ThrowIfNull(values);
        TensorInfo info = Describe(name, sampleShape, ElementType.Int32);
        return new IntColumn(info, values, CountSamples(info, values.Length));
    }

    /// <summary>A column of integers, most often class labels, which are copied.</summary>
    /// <inheritdoc cref="FromIntegers(string, int[], ReadOnlySpan{int})"/>
    public static TensorColumn FromIntegers(string name, long[] values, params ReadOnlySpan<int> sampleShape)
    {
        ArgumentNullException.ThrowIfNull(values);
        var integers = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is < -LargestExactInteger or > LargestExactInteger) throw IntColumn.Inexact(name, i, values[i]);
            integers[i] = (int)values[i];
        }

        return FromIntegers(name, integers, sampleShape);
    }

    /// <summary>A column of bytes, for example grey values 0..255; a batch holds them as floats.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="values">The samples one after the other. The array is referred to, not copied.</param>
    /// <param name="sampleShape">The shape of one sample; none means one number per sample.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">The length is no positive multiple of the sample's size.</exception>
    public static TensorColumn FromBytes(string name, byte[] values, params ReadOnlySpan<int> sampleShape)
    {
        ArgumentNullException.ThrowIfNull(values);
        TensorInfo info = Describe(name, sampleShape, ElementType.UInt8);
        return new ByteColumn(info, values, CountSamples(info, values.Length));
    }

    /// <summary>A column of sequences of unequal lengths, a number or a vector at each step. They are copied; a batch pads them with zeros to its longest one.</summary>
    /// <param name="name">The column's name.</param>
    /// <param name="sequences">The sequences, of any number of steps, also of none; each step after step, row-major.</param>
    /// <param name="stepShape">The shape of one step; none means one number at each step.</param>
    /// <returns>The column.</returns>
    /// <exception cref="ArgumentException">There is no sequence, or one is null or no whole number of steps.</exception>
    public static TensorColumn FromSequences(string name, float[][] sequences, params ReadOnlySpan<int> stepShape) =>
        SequenceColumn.Create<float>(name, sequences, stepShape, ElementType.Float32);

    /// <summary>A column of sequences of integers of unequal lengths, most often tokens or a label a step. They are copied; a batch pads them with zeros to its longest one.</summary>
    /// <exception cref="ArgumentException">There is no sequence, one is null or no whole number of steps, or a value exceeds 2^24 in magnitude, above which floats do not hold every integer.</exception>
    /// <inheritdoc cref="FromSequences(string, float[][], ReadOnlySpan{int})"/>
    public static TensorColumn FromSequences(string name, int[][] sequences, params ReadOnlySpan<int> stepShape) =>
        SequenceColumn.Create<int>(name, sequences, stepShape, ElementType.Int32);

    /// <summary>Whether a sample is the same in every epoch.</summary>
    internal virtual bool RepeatsSamples => true;

    /// <summary>How many steps a sample of a column of sequences has.</summary>
    internal virtual int StepsOf(int index) => 0;

    /// <summary>How many elements a sample has.</summary>
    internal int SizeOf(int index) => Info.IsSequence ? StepsOf(index) * Info.StepSize : Info.Size;

    /// <summary>Writes one sample, of <see cref="SizeOf"/> elements.</summary>
    internal abstract void Read(SampleId sample, Span<float> destination);

    /// <summary>One sample without a copy, where the column holds floats.</summary>
    internal virtual bool TryGetSpan(int index, out ReadOnlySpan<float> values)
    {
        values = default;
        return false;
    }

    private static TensorInfo Describe(string name, ReadOnlySpan<int> sampleShape, ElementType elementType) =>
        new(name, sampleShape.IsEmpty ? [1] : sampleShape, elementType);

    private static int CountSamples(TensorInfo info, int length)
    {
        if (length == 0 || info.Size == 0)
        {
            throw new ArgumentException(
                $"'{info.Name}' has no samples: {length} values with the sample shape {TensorInfo.FormatShape(info.Shape)}.");
        }

        if (length % info.Size != 0)
        {
            throw new ArgumentException(
                $"'{info.Name}' has {length} values, which is no multiple of {info.Size}, the size of a sample of shape {TensorInfo.FormatShape(info.Shape)}.");
        }

        return length / info.Size;
    }
}
