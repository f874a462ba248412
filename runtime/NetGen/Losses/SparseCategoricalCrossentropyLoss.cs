namespace NetGen;

/// <summary><c>-log p[label]</c> with p divided by its sum and clipped, or the same of logits.</summary>
internal sealed class SparseCategoricalCrossentropyLoss(bool fromLogits, int? ignoreClass, LossReduction reduction, string name)
    : Loss(name, reduction)
{
    public override bool Fuses(FinalActivation activation) => activation == FinalActivation.Softmax && !fromLogits;

    internal override bool FromLogits => fromLogits;

    internal override bool TakesClassIndices => true;

    internal override int? IgnoredClass => ignoreClass;

    protected internal override bool IgnoresRows => ignoreClass.HasValue;

    protected internal override bool IgnoresRow(in LossInput input, int row)
    {
        if (!ignoreClass.HasValue) return false;
        input.CheckSparse(Name);
        return input.Targets[row] == ignoreClass.Value;
    }

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckSparse(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            int label = input.Label(Name, row);
            ReadOnlySpan<float> p = input.Predictions.Slice(row * input.Size, input.Size);
            Span<float> g = gradient.IsEmpty ? [] : gradient.Slice(row * input.Size, input.Size);
            sum += fromLogits ? OfLogits(p, label, scale, g) : OfProbabilities(p, label, scale, g);
        }

        return sum;
    }

    protected internal override double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckSparse(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            int start = row * input.Size;
            int label = input.Label(Name, row);
            ReadOnlySpan<float> x = logits.Slice(start, input.Size);
            ReadOnlySpan<float> p = input.Predictions.Slice(start, input.Size);

            // The largest probability is e^(max - logsumexp), which spares the exponentials.
            sum += RowMath.Max(x) - Math.Log(RowMath.Max(p)) - x[label];
            if (gradient.IsEmpty) continue;
            RowMath.Scale(p, scale, gradient.Slice(start, input.Size));
            gradient[start + label] -= scale;
        }

        return sum;
    }

    private static double OfLogits(ReadOnlySpan<float> x, int label, float scale, Span<float> gradient)
    {
        double total = RowMath.SumExp(x, out float max);
        if (!gradient.IsEmpty)
        {
            RowMath.ScaledExp(x, max, (float)(scale / total), gradient);
            gradient[label] -= scale;
        }

        return max + Math.Log(total) - x[label];
    }

    private static double OfProbabilities(ReadOnlySpan<float> p, int label, float scale, Span<float> gradient)
    {
        double total = RowMath.Sum(p);
        double share = p[label] / total;
        double clipped = Math.Clamp(share, LossMath.Epsilon, LossMath.OneMinusEpsilon);
        if (!gradient.IsEmpty)
        {
            bool isClipped = share < LossMath.Epsilon || share > LossMath.OneMinusEpsilon;
            gradient.Fill(isClipped ? 0 : (float)(scale / total));
            if (!isClipped) gradient[label] = (float)(scale * ((1 / total) - (1.0 / p[label])));
        }

        return -Math.Log(clipped);
    }
}
