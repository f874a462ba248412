namespace NetGen;

/// <summary>A flat buffer in the layout of a network's weights.</summary>
internal delegate Span<float> FlatBuffer();

/// <summary>
/// Parameters of a network in a flat buffer (the weights, or a slot of an optimizer), as named tensors in Keras's layout. Of their names a prefix that all have may be dropped.
/// </summary>
internal sealed class ParameterStore(ParameterInfo[] parameters, FlatBuffer buffer, string prefix = "") : ITensorStore
{
    public IReadOnlyList<TensorInfo> Tensors { get; } = Array.ConvertAll(parameters, p => prefix.Length == 0 ? p.ToTensor() : p.ToTensor().WithName(p.Name[prefix.Length..]));

    public void Read(int index, Span<float> destination) => parameters[index].Unpack(buffer(), destination);

    public void Write(int index, ReadOnlySpan<float> source) => parameters[index].Pack(source, buffer());
}
