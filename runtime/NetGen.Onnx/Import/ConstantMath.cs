namespace NetGen.Onnx;

/// <summary>The little arithmetic on constants that exporters compute shapes with.</summary>
internal static class ConstantMath
{
    private const long Most = 1 << 26;

    public static ConstantValue Binary(ConstantValue a, ConstantValue b, Func<double, double, double> f)
    {
        int rank = Math.Max(a.Rank, b.Rank);
        int[] shape = new int[rank];
        for (int i = 0; i < rank; i++)
        {
            int x = At(a, i), y = At(b, i);
            shape[i] = x == y || y == 1 ? x : x == 1 ? y : throw new ConversionException($"the shapes ({string.Join(", ", a.Shape)}) and ({string.Join(", ", b.Shape)}) do not fit together.");
        }

        int[] strideA = Strides(a), strideB = Strides(b);
        double[] dataA = a.Data(), dataB = b.Data();
        double[] result = new double[Count(shape)];
        int[] index = new int[rank];
        for (int i = 0; i < result.Length; i++)
        {
            int x = 0, y = 0;
            for (int k = 0; k < rank; k++)
            {
                x += index[k] * strideA[k];
                y += index[k] * strideB[k];
            }

            result[i] = f(dataA[x], dataB[y]);
            for (int k = rank - 1; k >= 0 && ++index[k] == shape[k]; k--)
            {
                index[k] = 0;
            }
        }

        return ConstantValue.Of(a.Type, shape, result);

        int At(ConstantValue v, int axis) => axis < rank - v.Rank ? 1 : v.Shape[axis - (rank - v.Rank)];

        int[] Strides(ConstantValue v)
        {
            int[] strides = Layouts.Strides(v.Shape);
            return [.. Enumerable.Range(0, rank).Select(i => At(v, i) == 1 ? 0 : strides[i - (rank - v.Rank)])];
        }
    }

    public static ConstantValue Concat(IReadOnlyList<ConstantValue> parts, int axis)
    {
        int[] shape = [.. parts[0].Shape];
        if (parts.Any(p => p.Rank != shape.Length || p.Shape.Where((d, i) => i != axis && d != shape[i]).Any()))
        {
            throw new ConversionException("it concatenates tensors of different shapes.");
        }

        shape[axis] = parts.Sum(p => p.Shape[axis]);
        Count(shape);
        return ConstantValue.Of(parts[0].Type, shape, () =>
        {
            double[] result = new double[Count(shape)];
            int outer = shape.Take(axis).Aggregate(1, (a, b) => a * b);
            int row = result.Length / Math.Max(outer, 1), at = 0;
            foreach (ConstantValue part in parts)
            {
                double[] data = part.Data();
                int length = data.Length / Math.Max(outer, 1);
                for (int i = 0; i < outer; i++)
                {
                    data.AsSpan(i * length, length).CopyTo(result.AsSpan((i * row) + at));
                }

                at += length;
            }

            return result;
        });
    }

    /// <summary>Elements of an axis by their indices.</summary>
    public static ConstantValue Take(ConstantValue data, int axis, IReadOnlyList<int> indices, int[] indexShape)
    {
        int size = data.Shape[axis];
        if (indices.Any(i => i < 0 || i >= size))
        {
            throw new ConversionException($"it takes an index outside of the {size} along axis {axis}.");
        }

        int[] shape = [.. data.Shape[..axis], .. indexShape, .. data.Shape[(axis + 1)..]];
        Count(shape);
        return ConstantValue.Of(data.Type, shape, () =>
        {
            double[] source = data.Data(), result = new double[Count(shape)];
            int inner = data.Shape.Skip(axis + 1).Aggregate(1, (a, b) => a * b), outer = data.Shape.Take(axis).Aggregate(1, (a, b) => a * b);
            for (int o = 0, at = 0; o < outer; o++)
            {
                foreach (int index in indices)
                {
                    source.AsSpan(((o * size) + index) * inner, inner).CopyTo(result.AsSpan(at));
                    at += inner;
                }
            }

            return result;
        });
    }

    /// <summary>The number of elements, which a model may ask for but not get where it is huge.</summary>
    public static int Count(IReadOnlyList<int> shape)
    {
        long count = 1;
        foreach (int size in shape)
        {
            if (size < 0)
            {
                throw new ConversionException($"it makes a tensor with the size {size}.");
            }

            count *= size;
            if (count > 16 * Most)
            {
                throw new ConversionException($"it makes a constant of the shape ({string.Join(", ", shape)}), more than {16 * Most} elements.");
            }
        }

        return (int)count;
    }
}
