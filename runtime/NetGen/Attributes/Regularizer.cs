namespace NetGen;

/// <summary>
/// Keras's regularizers with their defaults, for arguments such as <c>KernelRegularizer</c>. One with another strength is written as text:
/// <c>KernelRegularizer = "L2(1e-4)"</c>.
/// </summary>
public static class Regularizer
{
    /// <summary>0.01 sum(|w|).</summary>
    public const string L1 = "L1()";

    /// <summary>0.01 sum(w²).</summary>
    public const string L2 = "L2()";
}
