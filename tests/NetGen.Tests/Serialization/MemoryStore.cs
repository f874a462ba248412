namespace NetGen.Tests.Serialization;

/// <summary>Tensors in arrays, for the tests of files.</summary>
internal sealed class MemoryStore : ITensorStore
{
    private readonly List<TensorInfo> tensors = [];
    private readonly List<float[]> values = [];

    public IReadOnlyList<TensorInfo> Tensors => tensors;

    public float[] this[string name] => values[tensors.FindIndex(tensor => tensor.Name == name)];

    public MemoryStore Add(string name, int[] shape, params float[] content)
    {
        var info = new TensorInfo(name, shape);
        Assert.Equal(info.Size, content.Length);
        tensors.Add(info);
        values.Add(content);
        return this;
    }

    public MemoryStore Blank()
    {
        var blank = new MemoryStore();
        foreach (TensorInfo tensor in tensors) blank.Add(tensor.Name, tensor.Shape.ToArray(), new float[tensor.Size]);
        return blank;
    }

    public void Read(int index, Span<float> destination)
    {
        Assert.Equal(values[index].Length, destination.Length);
        values[index].CopyTo(destination);
    }

    public void Write(int index, ReadOnlySpan<float> source)
    {
        Assert.Equal(values[index].Length, source.Length);
        source.CopyTo(values[index]);
    }

    public byte[] ToBytes(IReadOnlyDictionary<string, string>? metadata = null)
    {
        var stream = new MemoryStream();
        SafetensorsWriter.Write(stream, this, metadata);
        return stream.ToArray();
    }

    /// <summary>Same names, shapes and bits, in any order.</summary>
    public void AssertSame(MemoryStore other)
    {
        Assert.Equal(tensors.Count, other.tensors.Count);
        foreach (TensorInfo tensor in tensors)
        {
            Assert.Equal(tensor, other.tensors.Single(info => info.Name == tensor.Name));
            Assert.Equal(this[tensor.Name].Select(BitConverter.SingleToInt32Bits), other[tensor.Name].Select(BitConverter.SingleToInt32Bits));
        }
    }
}
