namespace NetGen;

/// <summary>Samples that are stored as floats.</summary>
internal sealed class FloatColumn(TensorInfo info, float[] values, int count) : TensorColumn(info, count)
{
    internal override void Read(SampleId sample, Span<float> destination) =>
        values.AsSpan(sample.Index * Info.Size, Info.Size).CopyTo(destination);

    internal override bool TryGetSpan(int index, out ReadOnlySpan<float> span)
    {
        span = values.AsSpan(index * Info.Size, Info.Size);
        return true;
    }
}
