namespace NetGen;

/// <summary>How much the kernels of a network may round to be fast.</summary>
public enum KernelPrecision
{
    /// <summary>
    /// Whatever stays within 2e-5 of an op's largest value: 3x3 and 5x5 convolutions may run as Winograd's F(4x4,3x3) and F(2x2,5x5), whose factors round more than plain sums.
    /// </summary>
    Fast,

    /// <summary>Forms with six factors along an axis are forbidden: F(2x2,3x3), which rounds no more than plain sums, and direct kernels serve instead.</summary>
    High,
}
