using System.Buffers;

namespace NetGen;

/// <summary>
/// A constraint on the L2 norms of a tensor along some of its axes: the elements of each group are multiplied by desired / (1e-7 + norm), with
/// Keras's epsilon.
/// </summary>
public abstract class NormConstraint : Constraint
{
    private const double Epsilon = 1e-7;

    private readonly int[] _axes;

    private protected NormConstraint(int[] axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        _axes = [.. axis];
    }

    /// <inheritdoc/>
    public sealed override bool IsElementwise => false;

    /// <inheritdoc/>
    public sealed override void Apply(Span<float> weights, ReadOnlySpan<int> shape)
    {
        Span<int> groupStrides = stackalloc int[shape.Length];
        int groups = PlanGroups(shape, groupStrides, out int elements);
        if (elements != weights.Length)
        {
            throw new ArgumentException(
                $"The tensor has {weights.Length} elements; expected {elements} for the shape {TensorInfo.FormatShape(shape)}.", nameof(weights));
        }
        double[] rented = ArrayPool<double>.Shared.Rent(groups);
        Span<double> factors = rented.AsSpan(0, groups);
        factors.Clear();
        Span<int> counters = stackalloc int[shape.Length];
        for (int start = 0, group = 0; start < weights.Length; group = Advance(counters, group, shape, groupStrides, ref start))
            AddSquares(weights.Slice(start, RowLength(shape)), RowStride(groupStrides), factors[group..]);
        foreach (ref double factor in factors)
        {
            double norm = Math.Sqrt(factor);
            factor = Desired(norm) / (Epsilon + norm);
        }
        counters.Clear();
        for (int start = 0, group = 0; start < weights.Length; group = Advance(counters, group, shape, groupStrides, ref start))
            Scale(weights.Slice(start, RowLength(shape)), RowStride(groupStrides), factors[group..]);
        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>The norm that a group of this norm is brought to.</summary>
    private protected abstract double Desired(double norm);

    /// <summary>How far the number of the group goes on along each axis: 0 along the axes that a norm runs over.</summary>
    /// <returns>The number of groups.</returns>
    private int PlanGroups(ReadOnlySpan<int> shape, Span<int> groupStrides, out int elements)
    {
        groupStrides.Fill(1);
        foreach (int axis in _axes)
        {
            int place = axis < 0 ? axis + shape.Length : axis;
            if (place < 0 || place >= shape.Length)
                throw new ArgumentException($"{GetType().Name} names the axis {axis}; the shape is {TensorInfo.FormatShape(shape)}.", nameof(shape));
            groupStrides[place] = 0;
        }
        int groups = 1;
        elements = 1;
        for (int i = shape.Length - 1; i >= 0; i--)
        {
            elements *= shape[i];
            if (groupStrides[i] == 0)
                continue;
            groupStrides[i] = groups;
            groups *= shape[i];
        }
        return groups;
    }

    private static int RowLength(ReadOnlySpan<int> shape) => shape.IsEmpty ? 1 : shape[^1];

    private static int RowStride(ReadOnlySpan<int> groupStrides) => groupStrides.IsEmpty ? 0 : groupStrides[^1];

    /// <summary>Goes on to the next row of the tensor, and gives the group of its first element.</summary>
    private static int Advance(Span<int> counters, int group, ReadOnlySpan<int> shape, ReadOnlySpan<int> groupStrides, ref int start)
    {
        start += RowLength(shape);
        for (int i = shape.Length - 2; i >= 0; i--)
        {
            group += groupStrides[i];
            if (++counters[i] < shape[i])
                return group;
            counters[i] = 0;
            group -= groupStrides[i] * shape[i];
        }
        return group;
    }

    private static void AddSquares(ReadOnlySpan<float> row, int stride, Span<double> squares)
    {
        if (stride == 0)
        {
            squares[0] += Sums.OfSquares(row);
            return;
        }
        for (int i = 0; i < row.Length; i++)
            squares[i] += (double)row[i] * row[i];
    }

    private static void Scale(Span<float> row, int stride, ReadOnlySpan<double> factors)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (float)(row[i] * factors[i * stride]);
    }
}
