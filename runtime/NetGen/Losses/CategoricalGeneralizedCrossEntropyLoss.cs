namespace NetGen;

/// <summary><c>(1 - p[label]^q) / q</c> (Zhang and Sabuncu 2018, "Generalized Cross Entropy Loss for Training Deep Neural Networks with Noisy
/// Labels").</summary>
internal sealed class CategoricalGeneralizedCrossEntropyLoss : Loss
{
    private readonly double q;

    public CategoricalGeneralizedCrossEntropyLoss(double q, LossReduction reduction, string name)
        : base(name, reduction)
    {
        if (!(q > 0 && q < 1)) throw new ArgumentOutOfRangeException(nameof(q), q, "Expected a number within (0, 1).");
        this.q = q;
    }

    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckSparse(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            int label = input.Label(Name, row);
            ReadOnlySpan<float> predictions = input.Predictions.Slice(row * input.Size, input.Size);

            // As in the sum over the classes that the definition has, NaN anywhere in the row reaches the loss.
            double other = RowMath.Sum(predictions);
            double p = double.IsNaN(other) ? other : predictions[label];
            sum += (1 - Math.Pow(p, q)) / q;
            if (gradient.IsEmpty) continue;
            Span<float> g = gradient.Slice(row * input.Size, input.Size);
            g.Clear();
            g[label] = (float)(-scale * Math.Pow(p, q - 1));
        }

        return sum;
    }
}
