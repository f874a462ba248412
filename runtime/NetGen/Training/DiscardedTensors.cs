namespace NetGen;

/// <summary>Tensors of a file that nobody wants.</summary>
internal sealed class DiscardedTensors(IReadOnlyList<TensorInfo> tensors) : ITensorStore
{
    public IReadOnlyList<TensorInfo> Tensors { get; } = tensors;

    /// <summary>Those below a prefix, as a section, or nothing where there are none.</summary>
    public static IEnumerable<CheckpointSection> Under(string prefix, IEnumerable<TensorInfo> tensors)
    {
        TensorInfo[] unwanted = [.. tensors.Where(t => t.Name.StartsWith(prefix + "/", StringComparison.Ordinal)).Select(t => t.WithName(t.Name[(prefix.Length + 1)..]))];
        return unwanted.Length == 0 ? [] : [new CheckpointSection(prefix, new DiscardedTensors(unwanted))];
    }

    public void Read(int index, Span<float> destination) => throw new NotSupportedException();

    public void Write(int index, ReadOnlySpan<float> source)
    {
    }
}
