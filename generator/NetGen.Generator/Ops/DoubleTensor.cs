namespace NetGen.Generator;

/// <summary>A row-major tensor in double precision: the currency of <see cref="Op.Evaluate"/>.</summary>
internal sealed class DoubleTensor(int[] shape, double[] data)
{
    public int[] Shape { get; } = shape;

    public double[] Data { get; } = data.Length == CountOf(shape) ? data : throw new ArgumentException($"{data.Length} elements do not fill [{string.Join(", ", shape)}].");

    public static int CountOf(int[] shape) => shape.Aggregate(1, (a, b) => checked(a * b));

    public static DoubleTensor Zeros(params int[] shape) => new(shape, new double[CountOf(shape)]);

    public static DoubleTensor Scalar(double value) => new([], [value]);

    /// <summary>Row-major strides; a stride is 0 where the dimension is 1, so that broadcasting is indexing.</summary>
    public int[] BroadcastStrides(int rank)
    {
        int[] strides = new int[rank];
        int stride = 1;
        for (int i = this.Shape.Length - 1; i >= 0; i--)
        {
            strides[i + rank - this.Shape.Length] = this.Shape[i] == 1 ? 0 : stride;
            stride *= this.Shape[i];
        }

        return strides;
    }

    /// <summary>Visits every index of a shape in row-major order.</summary>
    public static IEnumerable<int[]> Indices(int[] shape)
    {
        int count = CountOf(shape);
        int[] index = new int[shape.Length];
        for (int k = 0; k < count; k++)
        {
            yield return index;
            for (int i = shape.Length - 1; i >= 0 && ++index[i] == shape[i]; i--)
            {
                index[i] = 0;
            }
        }
    }

    /// <summary>The position in <see cref="Data"/> of an index under given strides.</summary>
    public static int Offset(int[] index, int[] strides)
    {
        int offset = 0;
        for (int i = 0; i < index.Length; i++)
        {
            offset += index[i] * strides[i];
        }

        return offset;
    }
}
