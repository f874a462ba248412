using System.Buffers;

namespace NetGen;

/// <summary>
/// <c>log(1 + sum(e^(gamma a_n (d_n' - d))) sum(e^(-gamma a_p (d_p' - d))))</c> of each sample over the others of its class and those of other classes,
/// with <c>d = max(1 - x y, 0)</c>, <c>a_p = max(margin + d, 0)</c>, <c>d_p' = margin</c>, <c>a_n = max(1 + margin - d, 0)</c> and <c>d_n' = 1 - margin</c>
/// (Sun and others 2020, "Circle Loss: A Unified Perspective of Pair Similarity Optimization").
/// </summary>
/// <remarks>As in Keras, samples of loss 0 do not count in a mean: those without another of their class, or without one of another.</remarks>
internal sealed class CircleLoss : Loss
{
    private readonly double gamma;
    private readonly double margin;
    private readonly bool removesDiagonal;

    public CircleLoss(double gamma, double margin, bool removesDiagonal, LossReduction reduction, string name)
        : base(name, reduction)
    {
        if (!(gamma > 0 && double.IsFinite(gamma))) throw new ArgumentOutOfRangeException(nameof(gamma), gamma, "Expected a finite number above 0.");
        if (!double.IsFinite(margin)) throw new ArgumentOutOfRangeException(nameof(margin), margin, "Expected a finite number.");
        this.gamma = gamma;
        this.margin = margin;
        this.removesDiagonal = removesDiagonal;
    }

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient) =>
        throw new NotSupportedException("A row depends on the others; the batch is reduced as a whole.");

    internal override double Reduce(in LossInput input, ReadOnlySpan<float> logits, Span<float> gradient)
    {
        int rows = input.Rows;
        double[] block = ArrayPool<double>.Shared.Rent(rows + (gradient.IsEmpty ? 0 : (rows * rows) + input.Size));
        bool[] mask = ArrayPool<bool>.Shared.Rent(rows);
        try
        {
            LossInput counted = Count(input, block.AsSpan(0, rows), mask);
            SampleWeightMap map = SampleWeightMap.For(counted, RowShape(counted));
            double factor = Factor(counted, map);
            double sum = 0;
            for (int row = 0; row < rows; row++)
            {
                float weight = Weight(counted, map, row);
                if (weight != 0) sum += weight * block[row];
                if (!gradient.IsEmpty) Slopes(input, row, weight * factor, block.AsSpan(rows + (row * rows), rows));
            }

            if (!gradient.IsEmpty) Differentiate(input, block.AsSpan(rows, rows * rows), block.AsSpan(rows + (rows * rows), input.Size), gradient);
            return sum * factor;
        }
        finally
        {
            ArrayPool<double>.Shared.Return(block);
            ArrayPool<bool>.Shared.Return(mask);
        }
    }

    internal override void WriteRows(in LossInput input, Span<float> losses)
    {
        double[] block = ArrayPool<double>.Shared.Rent(input.Rows);
        bool[] mask = ArrayPool<bool>.Shared.Rent(input.Rows);
        LossInput counted = Count(input, block.AsSpan(0, input.Rows), mask);
        SampleWeightMap map = SampleWeightMap.For(counted, RowShape(counted));
        for (int row = 0; row < losses.Length; row++)
        {
            float weight = Weight(counted, map, row);
            losses[row] = weight == 0 ? 0 : (float)(weight * block[row]);
        }

        ArrayPool<double>.Shared.Return(block);
        ArrayPool<bool>.Shared.Return(mask);
    }

    /// <summary>The losses of samples among references, which in training are the samples themselves.</summary>
    internal void Among(
        in LossInput input, ReadOnlySpan<float> referenceLabels, ReadOnlySpan<float> references, ReadOnlySpan<bool> referenceMask, Span<double> losses)
    {
        for (int row = 0; row < losses.Length; row++)
        {
            double positive = double.NegativeInfinity;
            double negative = double.NegativeInfinity;
            for (int other = 0; other < referenceLabels.Length; other++)
            {
                if (!referenceMask.IsEmpty && !referenceMask[other]) continue;
                double distance = Distance(input.Predictions.Slice(row * input.Size, input.Size), references.Slice(other * input.Size, input.Size));
                if (input.Targets[row] != referenceLabels[other]) negative = RowMath.LogAdd(negative, Negative(distance));
                else if (other != row || !removesDiagonal) positive = RowMath.LogAdd(positive, Positive(distance));
            }

            // Rounded as Keras has it, so that the same losses are 0; log(1 + e^z) of large z is z.
            double z = positive + negative;
            double power = Math.Exp(Math.Min(z, 40));
            losses[row] = (float)(z > 40 ? z : power < 1e-8 ? power : Math.Log(1 + power));
        }
    }

    private static double Distance(ReadOnlySpan<float> x, ReadOnlySpan<float> y)
    {
        double distance = 1 - RowMath.Dot(x, y);
        return distance < 0 ? 0 : distance;
    }

    private double Positive(double distance) => -gamma * Math.Max(margin + distance, 0) * (margin - distance);

    private double Negative(double distance) => gamma * Math.Max(1 + margin - distance, 0) * (1 - margin - distance);

    /// <summary>Writes the losses, and takes those of 0 out of the batch.</summary>
    private LossInput Count(in LossInput input, Span<double> losses, bool[] mask)
    {
        input.CheckSparse(Name);
        Among(input, input.Targets, input.Predictions, input.Mask, losses);
        for (int row = 0; row < losses.Length; row++)
            mask[row] = !(losses[row] <= 0) && (input.Mask.IsEmpty || input.Mask[row]);
        return input with { Mask = mask.AsSpan(0, losses.Length) };
    }

    /// <summary>The derivatives of a sample's loss by its products with the others, times a factor.</summary>
    private void Slopes(in LossInput input, int row, double factor, Span<double> slopes)
    {
        slopes.Clear();
        if (factor == 0) return;
        double positive = double.NegativeInfinity;
        double negative = double.NegativeInfinity;
        for (int pass = 0; pass < 2; pass++)
        {
            double sigmoid = 1 / (1 + Math.Exp(-positive - negative));
            for (int other = 0; other < slopes.Length; other++)
            {
                if (!input.Mask.IsEmpty && !input.Mask[other]) continue;
                double distance = Distance(input.Predictions.Slice(row * input.Size, input.Size), input.Predictions.Slice(other * input.Size, input.Size));
                bool isPositive = input.Targets[row] == input.Targets[other];
                if (isPositive && other == row && removesDiagonal) continue;
                double exponent = isPositive ? Positive(distance) : Negative(distance);
                if (pass == 0)
                {
                    if (isPositive) positive = RowMath.LogAdd(positive, exponent);
                    else negative = RowMath.LogAdd(negative, exponent);
                    continue;
                }

                // Where a distance or a factor is held at 0 it does not vary.
                double slope = isPositive
                    ? margin + distance <= 0 ? 0 : 2 * gamma * distance
                    : 1 + margin - distance <= 0 ? 0 : -2 * gamma * (1 - distance);
                if (distance != 0) slopes[other] = -factor * sigmoid * slope * Math.Exp(exponent - (isPositive ? positive : negative));
            }
        }
    }

    /// <summary>A product is of two samples, and gives to the gradients of both.</summary>
    private static void Differentiate(in LossInput input, ReadOnlySpan<double> slopes, Span<double> sum, Span<float> gradient)
    {
        int rows = input.Rows;
        for (int row = 0; row < rows; row++)
        {
            sum.Clear();
            for (int other = 0; other < rows; other++)
            {
                double slope = slopes[(row * rows) + other] + slopes[(other * rows) + row];
                if (slope == 0) continue;
                ReadOnlySpan<float> y = input.Predictions.Slice(other * input.Size, input.Size);
                for (int i = 0; i < sum.Length; i++) sum[i] += slope * y[i];
            }

            for (int i = 0; i < sum.Length; i++) gradient[(row * input.Size) + i] = (float)sum[i];
        }
    }
}
