namespace NetGen.Importing;

/// <summary>A weight of an imported model, in Keras's layout.</summary>
/// <param name="Name">The parameter of the network that it is for: <c>conv1/kernel</c>.</param>
/// <param name="Shape">The sizes.</param>
/// <param name="Read">Gives the elements in row-major order; called when they are written, so that large models need not be in memory whole.</param>
internal sealed record ImportedTensor(string Name, int[] Shape, Func<float[]> Read);

/// <summary>Imported weights as a store that is only read.</summary>
internal sealed class ImportedTensors(IReadOnlyList<ImportedTensor> tensors) : ITensorStore
{
    public IReadOnlyList<TensorInfo> Tensors { get; } = [.. tensors.Select(t => new TensorInfo(t.Name, t.Shape, ElementType.Float32))];

    public void Read(int index, Span<float> destination)
    {
        float[] values = tensors[index].Read();
        if (values.Length != destination.Length)
        {
            throw new InvalidOperationException($"'{tensors[index].Name}' has {values.Length} elements where its shape says {destination.Length}.");
        }

        values.CopyTo(destination);
    }

    public void Write(int index, ReadOnlySpan<float> source) => throw new NotSupportedException("Imported tensors are only read.");
}
