namespace NetGen;

/// <summary>The sections of a checkpoint as one store with prefixed names.</summary>
internal sealed class TensorStoreGroup : ITensorStore
{
    private readonly List<TensorInfo> tensors = [];
    private readonly List<(ITensorStore Store, int Index)> origins = [];

    internal TensorStoreGroup(IReadOnlyList<CheckpointSection> sections)
    {
        foreach (CheckpointSection section in sections)
        {
            for (int i = 0; i < section.Store.Tensors.Count; i++)
            {
                TensorInfo tensor = section.Store.Tensors[i];
                tensors.Add(tensor.WithName($"{section.Prefix}/{tensor.Name}"));
                origins.Add((section.Store, i));
            }
        }
    }

    public IReadOnlyList<TensorInfo> Tensors => tensors;

    public void Read(int index, Span<float> destination) => origins[index].Store.Read(origins[index].Index, destination);

    public void Write(int index, ReadOnlySpan<float> source) => origins[index].Store.Write(origins[index].Index, source);
}
