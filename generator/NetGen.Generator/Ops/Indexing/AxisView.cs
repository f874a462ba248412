namespace NetGen.Generator;

/// <summary>A row-major tensor as (outer, size, inner) around one axis.</summary>
internal readonly record struct AxisView(int Outer, int Size, int Inner)
{
    public static AxisView Of(int[] shape, int axis) =>
        new(DoubleTensor.CountOf([.. shape.Take(axis)]), shape[axis], DoubleTensor.CountOf([.. shape.Skip(axis + 1)]));

    public int Place(int outer, int at, int inner) => (((outer * this.Size) + at) * this.Inner) + inner;

    /// <summary>A place along the axis by a number, which counts from the end where it is negative.</summary>
    public int At(double index) => index >= -this.Size && index < this.Size ? (int)index + ((int)index < 0 ? this.Size : 0)
        : throw new ArgumentOutOfRangeException(nameof(index), $"The index {index} is not in [-{this.Size}, {this.Size}).");
}
