namespace NetGen;

/// <summary><c>-sum(t log p)</c> with p divided by its sum and clipped, or the same of logits.</summary>
/// <remarks>Targets need not sum to 1: with <c>T = sum(t)</c> and softmax s of the logits x, the loss is <c>sum(t (logsumexp(x) - x))</c> and its
/// gradient <c>T s - t</c>.</remarks>
internal sealed class CategoricalCrossentropyLoss : Loss
{
    private readonly bool fromLogits;
    private readonly float smoothing;

    public CategoricalCrossentropyLoss(bool fromLogits, double labelSmoothing, LossReduction reduction, string name)
        : base(name, reduction)
    {
        this.fromLogits = fromLogits;
        smoothing = Smoothing.Checked(labelSmoothing);
    }

    public override bool Fuses(FinalActivation activation) => activation == FinalActivation.Softmax && !fromLogits;

    internal override bool FromLogits => fromLogits;

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> p = Row(input.Predictions, row, input.Size);
            ReadOnlySpan<float> t = Row(input.Targets, row, input.Size);
            Span<float> g = gradient.IsEmpty ? [] : gradient.Slice(row * input.Size, input.Size);
            if (fromLogits)
            {
                double total = RowMath.SumExp(p, out float max);
                if (!g.IsEmpty) RowMath.ScaledExp(p, max, (float)(scale / total), g);
                sum += OfLogits(p, t, max + Math.Log(total), scale, g);
            }
            else
            {
                sum += OfProbabilities(p, t, scale, g);
            }
        }

        return sum;
    }

    protected internal override double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> x = Row(logits, row, input.Size);
            ReadOnlySpan<float> p = Row(input.Predictions, row, input.Size);
            Span<float> g = gradient.IsEmpty ? [] : gradient.Slice(row * input.Size, input.Size);
            if (!g.IsEmpty) RowMath.Scale(p, scale, g);

            // The largest probability is e^(max - logsumexp), which spares the exponentials.
            sum += OfLogits(x, Row(input.Targets, row, input.Size), RowMath.Max(x) - Math.Log(RowMath.Max(p)), scale, g);
        }

        return sum;
    }

    private static ReadOnlySpan<float> Row(ReadOnlySpan<float> values, int row, int size) => values.Slice(row * size, size);

    private float Smooth(float target, int classes) => (target * (1 - smoothing)) + (smoothing / classes);

    /// <summary>The loss of a row; the gradient holds the scaled softmax and becomes <c>scale (T s - t)</c>.</summary>
    private double OfLogits(ReadOnlySpan<float> x, ReadOnlySpan<float> targets, double logSumExp, float scale, Span<float> gradient)
    {
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < x.Length; i++)
        {
            float t = Smooth(targets[i], x.Length);
            mass += t;

            // A class of target 0 may have a logit of -infinity.
            if (t != 0) sum += t * (logSumExp - x[i]);
        }

        if (!gradient.IsEmpty)
        {
            for (int i = 0; i < x.Length; i++)
                gradient[i] = (gradient[i] * (float)mass) - (scale * Smooth(targets[i], x.Length));
        }

        // Without any target mass the row is still NaN where a prediction is.
        return double.IsNaN(logSumExp) ? double.NaN : sum;
    }

    private double OfProbabilities(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        double total = RowMath.Sum(p);
        double sum = 0;
        double mass = 0;
        for (int i = 0; i < p.Length; i++)
        {
            float t = Smooth(targets[i], p.Length);
            double share = p[i] / total;
            double clipped = Math.Clamp(share, LossMath.Epsilon, LossMath.OneMinusEpsilon);
            sum -= t * Math.Log(clipped);
            if (clipped == share) mass += t;
        }

        if (!gradient.IsEmpty)
        {
            for (int i = 0; i < p.Length; i++)
            {
                double share = p[i] / total;
                bool isClipped = share < LossMath.Epsilon || share > LossMath.OneMinusEpsilon;
                double own = isClipped ? 0 : Smooth(targets[i], p.Length) / (double)p[i];
                gradient[i] = (float)(scale * ((mass / total) - own));
            }
        }

        return sum;
    }
}
