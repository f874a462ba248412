using System.Buffers;

namespace NetGen;

/// <summary>Samples that are computed from those of another column whenever they are read.</summary>
internal sealed class MappedColumn(TensorColumn source, TensorInfo info, SampleMap map, bool repeats) : TensorColumn(info, source.Count)
{
    internal override bool RepeatsSamples => repeats && source.RepeatsSamples;

    internal override int StepsOf(int index) => source.StepsOf(index);

    internal override void Read(SampleId sample, Span<float> destination)
    {
        destination = destination[..SizeOf(sample.Index)];
        if (source.TryGetSpan(sample.Index, out ReadOnlySpan<float> values))
        {
            map(sample, values, destination);
            return;
        }

        int size = source.SizeOf(sample.Index);
        float[] scratch = ArrayPool<float>.Shared.Rent(size);
        try
        {
            source.Read(sample, scratch.AsSpan(0, size));
            map(sample, scratch.AsSpan(0, size), destination);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(scratch);
        }
    }
}
