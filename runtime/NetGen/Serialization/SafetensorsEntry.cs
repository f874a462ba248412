namespace NetGen;

/// <summary>A tensor of a file: what is known of it, and the bytes which hold it, from the start to before the end.</summary>
internal sealed class SafetensorsEntry(TensorInfo info, long start, long end)
{
    public readonly TensorInfo Info = info;
    public readonly long Start = start;
    public readonly long End = end;
}
