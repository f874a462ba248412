using System.Globalization;

namespace NetGen;

/// <summary>What is known of a tensor without its values: name, shape and element type. It compares by value.</summary>
public sealed class TensorInfo : IEquatable<TensorInfo>
{
    private readonly int[] shape;

    /// <summary>Describes a tensor.</summary>
    /// <param name="name">Its name, for example <c>dense/kernel</c>.</param>
    /// <param name="shape">Its dimensions, outermost first; none for a scalar.</param>
    /// <param name="elementType">The type of its elements.</param>
    /// <param name="isSequence">Whether the first dimension is a time, of which each sample has as many steps as it likes, up to that dimension.</param>
    /// <exception cref="ArgumentException">The name is empty, a dimension is negative, there are more than 2,147,483,647 elements, or a sequence has no time.</exception>
    public TensorInfo(string name, ReadOnlySpan<int> shape, ElementType elementType = ElementType.Float32, bool isSequence = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (isSequence && (shape.IsEmpty || shape[0] < 1)) throw new ArgumentException($"The sequence '{name}' has the shape {FormatShape(shape)}; its first dimension, the most steps, must be at least 1.", nameof(shape));
        Name = name;
        Size = SizeOf(shape, name);
        ElementType = elementType;
        IsSequence = isSequence;
        this.shape = shape.ToArray();
    }

    /// <summary>Describes a tensor whose shape is known to be good and is not changed any more.</summary>
    internal TensorInfo(string name, int[] shape, int size, ElementType elementType)
    {
        Name = name;
        Size = size;
        ElementType = elementType;
        this.shape = shape;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The dimensions, outermost first; empty for a scalar.</summary>
    public ReadOnlySpan<int> Shape => shape;

    /// <summary>The number of elements: the product of the dimensions, 1 for a scalar.</summary>
    public int Size { get; }

    /// <summary>The type of the elements.</summary>
    public ElementType ElementType { get; }

    /// <summary>Whether the first dimension is a time, of which each sample has as many steps as it likes, up to that dimension.</summary>
    public bool IsSequence { get; }

    /// <summary>The number of elements of one step of a sequence.</summary>
    internal int StepSize => Size / shape[0];

    /// <summary>The same tensor under another name.</summary>
    /// <param name="name">The new name.</param>
    /// <returns>A description that differs in its name only.</returns>
    public TensorInfo WithName(string name) => new(name, shape, ElementType, IsSequence);

    /// <inheritdoc/>
    public bool Equals(TensorInfo? other) =>
        other is not null && Name == other.Name && ElementType == other.ElementType && IsSequence == other.IsSequence && Shape.SequenceEqual(other.Shape);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as TensorInfo);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, ElementType, shape.Length, Size);

    /// <summary>Name, shape and element type, for example <c>dense/kernel (784, 128) Float32</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Name} {FormatShape(shape)} {ElementType}";

    /// <summary>A shape as Keras prints it, for example <c>(28, 28, 1)</c>, <c>(10,)</c> and <c>()</c>.</summary>
    internal static string FormatShape(ReadOnlySpan<int> shape)
    {
        if (shape.Length == 1) return string.Create(CultureInfo.InvariantCulture, $"({shape[0]},)");
        var parts = new string[shape.Length];
        for (int i = 0; i < parts.Length; i++) parts[i] = shape[i].ToString(CultureInfo.InvariantCulture);
        return $"({string.Join(", ", parts)})";
    }

    /// <summary>The product of the dimensions; false if one is negative or the product exceeds <see cref="int.MaxValue"/>.</summary>
    internal static bool TryGetSize(ReadOnlySpan<int> shape, out int size)
    {
        size = 0;
        long product = 1;
        bool empty = false;
        foreach (int dimension in shape)
        {
            if (dimension < 0) return false;
            if (dimension == 0) empty = true;
            else if ((product *= dimension) > int.MaxValue) return false;
        }

        size = empty ? 0 : (int)product;
        return true;
    }

    /// <summary>Whether another tensor has the same dimensions.</summary>
    internal bool HasShapeOf(TensorInfo other)
    {
        if (shape.Length != other.shape.Length) return false;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] != other.shape[i]) return false;
        }

        return true;
    }

    /// <summary>The product of the dimensions that are constant; those of a time are -1.</summary>
    internal static int SampleSize(int[] shape)
    {
        int size = 1;
        for (int i = 0; i < shape.Length; i++)
        {
            if (shape[i] >= 0) size = checked(size * shape[i]);
        }

        return size;
    }

    private static int SizeOf(ReadOnlySpan<int> shape, string name) => TryGetSize(shape, out int size)
        ? size
        : throw new ArgumentException(
            $"The shape {FormatShape(shape)} of '{name}' has a negative dimension or more than {int.MaxValue} elements.", nameof(shape));
}
