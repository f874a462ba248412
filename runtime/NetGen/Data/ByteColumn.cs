using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Samples that are stored as bytes: a quarter of the memory of floats, widened batch by batch.</summary>
internal sealed class ByteColumn(TensorInfo info, byte[] values, int count) : TensorColumn(info, count)
{
    internal override void Read(SampleId sample, Span<float> destination)
    {
        ReadOnlySpan<byte> source = values.AsSpan(sample.Index * Info.Size, Info.Size);
        destination = destination[..source.Length];
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref float to = ref MemoryMarshal.GetReference(destination);
        int i = 0;
        for (; i <= source.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.LoadUnsafe(ref from, (nuint)i));
            Store(low, ref to, i);
            Store(high, ref to, i + Vector128<ushort>.Count);
        }

        for (; i < source.Length; i++) destination[i] = source[i];
    }

    private static void Store(Vector128<ushort> integers, ref float destination, int index)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(integers);
        Vector128.ConvertToSingle(low.AsInt32()).StoreUnsafe(ref destination, (nuint)index);
        Vector128.ConvertToSingle(high.AsInt32()).StoreUnsafe(ref destination, (nuint)(index + Vector128<float>.Count));
    }
}
