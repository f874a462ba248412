using System.Buffers;

namespace NetGen;

/// <summary>A loss along an axis other than the last: predictions and targets are transposed for it, and the gradient back. Class indices are one for each row, and stay in their order.</summary>
internal sealed class AxisLoss : Loss
{
    private readonly Loss inner;
    private readonly int axis;

    // Made once for each shape, and the same whoever makes it.
    private volatile int[]? rowShape;

    private AxisLoss(int axis, Loss inner)
        : base(inner.Name, inner.Reduction)
    {
        this.axis = axis;
        this.inner = inner;
    }

    /// <summary>The loss itself where the axis is the last one by its number, else the loss along the axis.</summary>
    public static Loss Along(int axis, Loss inner)
    {
        if (axis == 0)
            throw new ArgumentOutOfRangeException(nameof(axis), axis, "Axis 0 is that of the batch; a loss is taken along another one.");
        return axis == -1 ? inner : new AxisLoss(axis, inner);
    }

    // A softmax that fuses is one over the last axis: what it divides by is not the sum along this one.
    public override bool Fuses(FinalActivation activation) => activation != FinalActivation.Softmax && inner.Fuses(activation);

    internal override bool FromLogits => inner.FromLogits;

    internal override bool TakesClassIndices => inner.TakesClassIndices;

    internal override int? IgnoredClass => inner.IgnoredClass;

    internal override int ClassesOf(ReadOnlySpan<int> predictionShape) => predictionShape[Resolve(predictionShape)];

    /// <summary>Of an axis that is the last one by its positive number the loss itself, which may fuse.</summary>
    internal override Loss ForRank(int rank) => axis == rank ? inner : this;

    protected internal override bool IgnoresRows => inner.IgnoresRows;

    protected internal override bool IgnoresRow(in LossInput input, int row) => IgnoresRows && inner.IgnoresRow(input.WithRowsAlong(Resolve(input)), row);

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient) =>
        throw new NotSupportedException("Rows lie along the moved axis; the batch is reduced as a whole.");

    internal override double Reduce(in LossInput input, ReadOnlySpan<float> logits, Span<float> gradient)
    {
        int moved = Resolve(input);
        if (moved == input.PredictionShape.Length - 1) return inner.Reduce(input, logits, gradient);

        using Layout layout = new(input, moved);
        LossInput view = layout.View(input, TakesClassIndices);
        double value = inner.Reduce(view, logits.IsEmpty ? [] : layout.Copy(logits, 2), gradient.IsEmpty ? [] : layout.Part(3));
        if (!gradient.IsEmpty) layout.CopyBack(layout.Part(3), gradient);
        return value;
    }

    internal override void WriteRows(in LossInput input, Span<float> losses)
    {
        int moved = Resolve(input);
        if (moved == input.PredictionShape.Length - 1)
        {
            inner.WriteRows(input, losses);
            return;
        }

        using Layout layout = new(input, moved);
        inner.WriteRows(layout.View(input, TakesClassIndices), losses);
    }

    internal override ReadOnlySpan<int> RowShape(in LossInput input)
    {
        ReadOnlySpan<int> shape = input.PredictionShape;
        int moved = Resolve(input);
        int[]? last = rowShape;
        if (last is null || last.Length != shape.Length - 1 || !last.AsSpan(0, moved).SequenceEqual(shape[..moved]) || !last.AsSpan(moved).SequenceEqual(shape[(moved + 1)..]))
            rowShape = last = [.. shape[..moved], .. shape[(moved + 1)..]];
        return last;
    }

    internal override int CountRows(in LossInput input) => input.Predictions.Length / input.PredictionShape[Resolve(input)];

    /// <summary>The axis as an index into the sample shape.</summary>
    private int Resolve(in LossInput input)
    {
        int resolved = Resolve(input.PredictionShape);
        if (TakesClassIndices) input.WithRowsAlong(resolved).CheckSparse(Name, axis);
        else input.CheckDense(Name);
        return resolved;
    }

    private int Resolve(ReadOnlySpan<int> shape)
    {
        int rank = shape.Length + 1;
        int resolved = axis < 0 ? axis + rank : axis;
        return resolved >= 1 && resolved < rank ? resolved - 1
            : throw new ArgumentException($"{Name} is taken along axis {axis}; the predictions {LossInput.Text(shape)} with their batch have {rank} axes.");
    }

    /// <summary>Copies of (outer, size, inner) tensors as (outer, inner, size), in one rented block.</summary>
    private readonly ref struct Layout : IDisposable
    {
        private readonly float[] block;
        private readonly int[] shape;
        private readonly int rank;
        private readonly int length;
        private readonly int size;
        private readonly int innerSize;

        public Layout(in LossInput input, int moved)
        {
            length = input.Predictions.Length;
            block = ArrayPool<float>.Shared.Rent(4 * length);
            size = input.PredictionShape[moved];
            innerSize = 1;
            rank = input.PredictionShape.Length;
            shape = ArrayPool<int>.Shared.Rent(rank);
            input.PredictionShape.CopyTo(shape);
            for (int i = moved; i < rank - 1; i++)
            {
                shape[i] = shape[i + 1];
                innerSize *= shape[i];
            }

            shape[rank - 1] = size;
        }

        public Span<float> Part(int index) => block.AsSpan(index * length, length);

        public LossInput View(in LossInput input, bool areTargetsRows) =>
            input.WithPredictions(Copy(input.Predictions, 0), areTargetsRows ? input.Targets : Copy(input.Targets, 1), shape.AsSpan(0, rank));

        public ReadOnlySpan<float> Copy(ReadOnlySpan<float> source, int index)
        {
            Span<float> part = Part(index);
            Transpose(source, part, size, innerSize);
            return part;
        }

        public void CopyBack(ReadOnlySpan<float> source, Span<float> destination) => Transpose(source, destination, innerSize, size);

        public void Dispose()
        {
            ArrayPool<float>.Shared.Return(block);
            ArrayPool<int>.Shared.Return(shape);
        }

        /// <summary>(outer, rows, columns) to (outer, columns, rows).</summary>
        private static void Transpose(ReadOnlySpan<float> source, Span<float> destination, int rows, int columns)
        {
            for (int start = 0; start < source.Length; start += rows * columns)
            {
                for (int row = 0; row < rows; row++)
                {
                    for (int column = 0; column < columns; column++)
                        destination[start + (column * rows) + row] = source[start + (row * columns) + column];
                }
            }
        }
    }
}
