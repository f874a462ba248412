namespace NetGen;

/// <summary>
/// The names of the constraints, for layer attributes: <c>KernelConstraint = Constraints.NonNeg</c>. One with arguments is written as a constructor
/// call, <c>KernelConstraint = "MaxNorm(2)"</c>.
/// </summary>
public static class Constraints
{
    /// <summary><see cref="NetGen.NonNeg"/>.</summary>
    public const string NonNeg = nameof(NetGen.NonNeg);

    /// <summary><see cref="NetGen.UnitNorm"/>.</summary>
    public const string UnitNorm = nameof(NetGen.UnitNorm);

    /// <summary><see cref="NetGen.MaxNorm"/>.</summary>
    public const string MaxNorm = nameof(NetGen.MaxNorm);

    /// <summary><see cref="NetGen.MinMaxNorm"/>.</summary>
    public const string MinMaxNorm = nameof(NetGen.MinMaxNorm);
}
