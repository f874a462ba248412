namespace NetGen;

/// <summary>Samples that are stored as integers, each of which a float holds exactly.</summary>
internal sealed class IntColumn : TensorColumn
{
    private readonly int[] values;

    internal IntColumn(TensorInfo info, int[] values, int count)
        : base(info, count)
    {
        this.values = values;
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] is < -LargestExactInteger or > LargestExactInteger) throw Inexact(info.Name, i, values[i]);
        }
    }

    internal static ArgumentException Inexact(string name, int index, long value) =>
        new($"Element {index} of '{name}' is {value}; integers must lie within ±{LargestExactInteger}, where floats are exact.");

    internal override void Read(SampleId sample, Span<float> destination)
    {
        ReadOnlySpan<int> source = values.AsSpan(sample.Index * Info.Size, Info.Size);
        destination = destination[..source.Length];
        for (int i = 0; i < source.Length; i++) destination[i] = source[i];
    }
}
