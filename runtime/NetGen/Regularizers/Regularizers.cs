namespace NetGen;

/// <summary>
/// The names of the regularizers, for layer attributes: <c>KernelRegularizer = Regularizers.L2</c>. One with arguments is written as a constructor
/// call, <c>KernelRegularizer = "L2(1e-4)"</c>.
/// </summary>
public static class Regularizers
{
    /// <summary><see cref="NetGen.L1"/>.</summary>
    public const string L1 = nameof(NetGen.L1);

    /// <summary><see cref="NetGen.L2"/>.</summary>
    public const string L2 = nameof(NetGen.L2);

    /// <summary><see cref="NetGen.L1L2"/>.</summary>
    public const string L1L2 = nameof(NetGen.L1L2);

    /// <summary><see cref="NetGen.OrthogonalRegularizer"/>.</summary>
    public const string OrthogonalRegularizer = nameof(NetGen.OrthogonalRegularizer);
}
