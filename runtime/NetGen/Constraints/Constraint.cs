namespace NetGen;

/// <summary>What holds of a weight after every step: an immutable description with Keras's name and defaults.</summary>
/// <remarks>
/// Its constants name the constraints with their defaults in layer attributes, <c>KernelConstraint = Constraint.NonNeg</c>; one with parameters is
/// written as text: <c>KernelConstraint = "MaxNorm(3)"</c>.
/// </remarks>
public abstract class Constraint
{
    /// <summary>Negative weights become 0.</summary>
    public const string NonNeg = "NonNeg()";

    /// <summary>Each unit's weights are scaled to norm 1.</summary>
    public const string UnitNorm = "UnitNorm()";

    /// <summary>Each unit's weights are scaled to a norm of at most 2.</summary>
    public const string MaxNorm = "MaxNorm()";

    /// <summary>Each unit's weights are scaled to a norm in [0, 1].</summary>
    public const string MinMaxNorm = "MinMaxNorm()";

    /// <summary>
    /// Whether each element is changed by itself, with 0 staying 0. Such a constraint takes the flat, packed range of a variable and disregards the
    /// shape; any other takes the tensor row-major in Keras's layout.
    /// </summary>
    public abstract bool IsElementwise { get; }

    /// <summary>Changes the weights so that they meet the constraint.</summary>
    /// <param name="weights">The tensor's elements.</param>
    /// <param name="shape">Its shape.</param>
    /// <exception cref="ArgumentException">The shape has not as many elements, or lacks an axis that the constraint names.</exception>
    public abstract void Apply(Span<float> weights, ReadOnlySpan<int> shape);
}
