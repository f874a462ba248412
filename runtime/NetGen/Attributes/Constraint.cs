namespace NetGen;

/// <summary>
/// Keras's constraints with their defaults, for arguments such as <c>KernelConstraint</c>. One with parameters is written as text:
/// <c>KernelConstraint = "MaxNorm(3)"</c>.
/// </summary>
public static class Constraint
{
    /// <summary>Negative weights become 0.</summary>
    public const string NonNeg = "NonNeg()";

    /// <summary>Each unit's weights are scaled to norm 1.</summary>
    public const string UnitNorm = "UnitNorm()";

    /// <summary>Each unit's weights are scaled to a norm of at most 2.</summary>
    public const string MaxNorm = "MaxNorm()";

    /// <summary>Each unit's weights are scaled to a norm in [0, 1].</summary>
    public const string MinMaxNorm = "MinMaxNorm()";
}
