namespace NetGen;

/// <summary>A penalty on weights, or on a layer's output, that adds to the loss: an immutable description with Keras's name and defaults.</summary>
/// <remarks>
/// Its constants name the regularizers with their defaults in layer attributes, <c>KernelRegularizer = Regularizer.L2</c>; one with another strength is
/// written as text: <c>KernelRegularizer = "L2(1e-4)"</c>.
/// </remarks>
public abstract class Regularizer
{
    /// <summary>0.01 sum(|w|).</summary>
    public const string L1 = "L1()";

    /// <summary>0.01 sum(w²).</summary>
    public const string L2 = "L2()";

    /// <summary>0.01 times the mean magnitude of the scalar products between different rows, divided by their norms.</summary>
    public const string OrthogonalRegularizer = "OrthogonalRegularizer()";

    /// <summary>
    /// Whether each element counts by itself. Such a penalty takes the elements in any order and between zeros, hence the flat, packed range of a
    /// variable, and disregards the shape; any other takes the tensor row-major in Keras's layout.
    /// </summary>
    public abstract bool IsElementwise { get; }

    /// <summary>The penalty.</summary>
    /// <param name="weights">The tensor's elements.</param>
    /// <param name="shape">Its shape.</param>
    public abstract double Penalty(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape);

    /// <summary>Adds the penalty's gradient to <paramref name="gradients"/>; 0 where a weight is padding, that is 0.</summary>
    /// <param name="weights">The tensor's elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="gradients">The gradients of the elements, which grow by those of the penalty.</param>
    /// <exception cref="ArgumentException">There are not as many gradients as weights.</exception>
    public abstract void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, Span<float> gradients);

    private protected static void CheckLengths(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradients)
    {
        if (weights.Length != gradients.Length)
            throw new ArgumentException($"There are {gradients.Length} gradients for {weights.Length} weights.", nameof(gradients));
    }
}
