namespace NetGen.Onnx;

/// <summary>Elements in another order.</summary>
internal static class Layouts
{
    /// <summary>Axis i of the result is axis <paramref name="order"/>[i] of the source.</summary>
    public static T[] Transpose<T>(T[] source, IReadOnlyList<int> shape, IReadOnlyList<int> order)
    {
        int rank = shape.Count;
        T[] result = new T[source.Length];
        if (source.Length == 0 || rank == 0)
        {
            source.CopyTo(result, 0);
            return result;
        }

        int[] strides = Strides(shape);
        int[] sizes = [.. order.Select(a => shape[a])], steps = [.. order.Select(a => strides[a])];
        int[] index = new int[rank];
        int last = rank - 1, position = 0;
        for (int i = 0; i < result.Length; i += sizes[last])
        {
            for (int k = 0, at = position; k < sizes[last]; k++, at += steps[last])
            {
                result[i + k] = source[at];
            }

            for (int axis = last - 1; axis >= 0; axis--)
            {
                position += steps[axis];
                if (++index[axis] < sizes[axis])
                {
                    break;
                }

                position -= steps[axis] * sizes[axis];
                index[axis] = 0;
            }
        }

        return result;
    }

    public static int[] Strides(IReadOnlyList<int> shape)
    {
        int[] strides = new int[shape.Count];
        int stride = 1;
        for (int i = shape.Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }
}
