namespace NetGen;

/// <summary>Named tensors that can be saved and loaded: the weights of a network, the slots of an optimizer.</summary>
public interface ITensorStore
{
    /// <summary>The tensors in their logical (Keras) shapes. Names are unique.</summary>
    IReadOnlyList<TensorInfo> Tensors { get; }

    /// <summary>Copies a tensor out, row-major in its logical shape.</summary>
    /// <param name="index">The position in <see cref="Tensors"/>.</param>
    /// <param name="destination">Receives the values; of exactly the tensor's size.</param>
    void Read(int index, Span<float> destination);

    /// <summary>Overwrites a tensor.</summary>
    /// <param name="index">The position in <see cref="Tensors"/>.</param>
    /// <param name="source">The values, row-major in the logical shape; of exactly the tensor's size.</param>
    void Write(int index, ReadOnlySpan<float> source);
}
