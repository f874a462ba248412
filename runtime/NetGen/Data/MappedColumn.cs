using System.Buffers;

namespace NetGen;

/// <summary>Samples that are computed from those of another column whenever they are read.</summary>
internal sealed class MappedColumn(TensorColumn source, TensorInfo info, SampleMap map) : TensorColumn(info, source.Count)
{
    internal override void Read(SampleId sample, Span<float> destination)
    {
        destination = destination[..Info.Size];
        if (source.TryGetSpan(sample.Index, out ReadOnlySpan<float> values))
        {
            map(sample, values, destination);
            return;
        }

        int size = source.Info.Size;
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
