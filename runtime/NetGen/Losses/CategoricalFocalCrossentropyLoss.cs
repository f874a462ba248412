namespace NetGen;

/// <summary><c>sum(-alpha (1 - p)^gamma t log p)</c> with p divided by its sum and clipped, or of the softmax of logits (Lin and others 2017,
/// "Focal Loss for Dense Object Detection").</summary>
/// <remarks>With <c>h = p f'(p)</c> for the term f of a class and softmax p of the logits x, the gradient by x is <c>h - p sum(h)</c>, and that by the
/// numbers before their division by their sum S is <c>(f' - sum(h)) / S</c>.</remarks>
internal sealed class CategoricalFocalCrossentropyLoss : Loss
{
    private readonly double[] alpha;
    private readonly double gamma;
    private readonly bool fromLogits;
    private readonly float smoothing;

    public CategoricalFocalCrossentropyLoss(
        double[] alpha, double gamma, bool fromLogits, double labelSmoothing, LossReduction reduction, string name)
        : base(name, reduction)
    {
        if (alpha.Length == 0) throw new ArgumentException("Expected a factor, or one for each class.", nameof(alpha));
        this.alpha = alpha;
        this.gamma = Focus.Checked(gamma);
        this.fromLogits = fromLogits;
        smoothing = Smoothing.Checked(labelSmoothing);
    }

    public override bool Fuses(FinalActivation activation) => activation == FinalActivation.Softmax && !fromLogits;

    internal override bool FromLogits => fromLogits;

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        Check(input);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> p = input.Predictions.Slice(row * input.Size, input.Size);
            ReadOnlySpan<float> t = input.Targets.Slice(row * input.Size, input.Size);
            Span<float> g = gradient.IsEmpty ? [] : gradient.Slice(row * input.Size, input.Size);
            sum += fromLogits ? OfLogits(p, t, LogSumExp(p), scale, g) : OfProbabilities(p, t, scale, g);
        }

        return sum;
    }

    protected internal override double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient)
    {
        Check(input);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            int start = row * input.Size;
            ReadOnlySpan<float> x = logits.Slice(start, input.Size);
            Span<float> g = gradient.IsEmpty ? [] : gradient.Slice(start, input.Size);
            sum += OfLogits(x, input.Targets.Slice(start, input.Size), LogSumExp(x), scale, g);
        }

        return sum;
    }

    private static double LogSumExp(ReadOnlySpan<float> x)
    {
        double total = RowMath.SumExp(x, out float max);
        return max + Math.Log(total);
    }

    private void Check(in LossInput input)
    {
        input.CheckDense(Name);
        if (alpha.Length > 1 && alpha.Length != input.Size)
            throw new ArgumentException($"{Name} has {alpha.Length} factors alpha; the predictions have {input.Size} classes.");
    }

    private float Smooth(float target, int classes) => (target * (1 - smoothing)) + (smoothing / classes);

    /// <summary>The term of a class, and p times its derivative by p.</summary>
    private double Term(double p, double logP, double target, int index, out double slope)
    {
        double weight = target * alpha[alpha.Length == 1 ? 0 : index];
        double rest = 1 - p;
        double factor = Math.Pow(rest, gamma);

        // The power of gamma - 1 is taken as a quotient, so that p = 1 gives 0 for every gamma.
        slope = weight * ((gamma * factor / Math.Max(rest, 1e-300) * p * logP) - factor);
        return -weight * factor * logP;
    }

    private double OfLogits(ReadOnlySpan<float> x, ReadOnlySpan<float> targets, double logSumExp, float scale, Span<float> gradient)
    {
        double sum = 0;
        double slopes = 0;
        if (!gradient.IsEmpty) gradient.Clear();
        for (int i = 0; i < x.Length; i++)
        {
            // A class of target 0 may have a logit of -infinity.
            float t = Smooth(targets[i], x.Length);
            if (t == 0) continue;
            double logP = x[i] - logSumExp;
            sum += Term(Math.Exp(logP), logP, t, i, out double slope);
            slopes += slope;
            if (!gradient.IsEmpty) gradient[i] = (float)(scale * slope);
        }

        for (int i = 0; i < gradient.Length; i++) gradient[i] -= (float)(scale * slopes * Math.Exp(x[i] - logSumExp));

        // Without any target mass the row is still NaN where a prediction is.
        return double.IsNaN(logSumExp) ? double.NaN : sum;
    }

    private double OfProbabilities(ReadOnlySpan<float> p, ReadOnlySpan<float> targets, float scale, Span<float> gradient)
    {
        double total = RowMath.Sum(p);
        double sum = 0;
        double slopes = 0;
        if (!gradient.IsEmpty) gradient.Clear();
        for (int i = 0; i < p.Length; i++)
        {
            float t = Smooth(targets[i], p.Length);
            if (t == 0) continue;
            double share = p[i] / total;
            double clipped = Math.Clamp(share, LossMath.Epsilon, LossMath.OneMinusEpsilon);
            sum += Term(clipped, Math.Log(clipped), t, i, out double slope);
            if (clipped != share && !double.IsNaN(share)) continue;
            slopes += slope;
            if (!gradient.IsEmpty) gradient[i] = (float)(scale * slope / p[i]);
        }

        for (int i = 0; i < gradient.Length; i++) gradient[i] -= (float)(scale * slopes / total);
        return double.IsNaN(total) ? double.NaN : sum;
    }
}
