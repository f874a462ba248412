namespace NetGen;

/// <summary>The correlation of predictions and targets along a row, for metrics: Pearson's, or with <c>isConcordance</c> that of agreement (Lin 1989), which
/// differences of mean and scale lower. It has no gradient.</summary>
internal sealed class CorrelationLoss(bool isConcordance, string name) : Loss(name, LossReduction.SumOverBatchSize)
{
    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        if (!gradient.IsEmpty) throw new NotSupportedException($"{Name} is a metric.");
        input.CheckDense(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> p = input.Predictions.Slice(row * input.Size, input.Size);
            ReadOnlySpan<float> t = input.Targets.Slice(row * input.Size, input.Size);
            double meanP = RowMath.Sum(p) / p.Length;
            double meanT = RowMath.Sum(t) / t.Length;
            double both = 0;
            double squareP = 0;
            double squareT = 0;
            for (int i = 0; i < p.Length; i++)
            {
                double x = p[i] - meanP;
                double y = t[i] - meanT;
                both += x * y;
                squareP += x * x;
                squareT += y * y;
            }

            (both, squareP, squareT) = (both / p.Length, squareP / p.Length, squareT / p.Length);
            double shift = meanT - meanP;
            sum += isConcordance
                ? 2 * both / (squareP + squareT + (shift * shift) + LossMath.Epsilon)
                : both / ((Math.Sqrt(squareP) + LossMath.Epsilon) * (Math.Sqrt(squareT) + LossMath.Epsilon));
        }

        return sum;
    }
}
