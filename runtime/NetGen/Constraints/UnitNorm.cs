namespace NetGen;

/// <summary>Norms are 1.</summary>
public sealed class UnitNorm : NormConstraint
{
    /// <summary>Sets the axis.</summary>
    /// <param name="axis">The axis along which norms are taken; negative counts from the end. Of a dense kernel (inputs, units) 0 scales each unit.</param>
    public UnitNorm(int axis = 0) : this([axis]) { }

    /// <summary>Sets the axes.</summary>
    /// <param name="axis">The axes along which norms are taken; of a convolution's kernel 0, 1 and 2 scale each filter.</param>
    public UnitNorm(int[] axis) : base(axis) { }

    private protected override double Desired(double norm) => 1;
}
