namespace NetGen;

/// <summary><c>-sum(t p) / (|t| |p|)</c> with norms of at least 1e-7: -1 for vectors of one direction, 0 for orthogonal ones.</summary>
internal sealed class CosineSimilarityLoss(LossReduction reduction, string name) : Loss(name, reduction)
{
    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> p = input.Predictions.Slice(row * input.Size, input.Size);
            ReadOnlySpan<float> t = input.Targets.Slice(row * input.Size, input.Size);
            double norm = Math.Sqrt(RowMath.Dot(p, p));
            double length = Math.Max(norm, LossMath.Epsilon);
            double unit = 1 / (length * Math.Max(Math.Sqrt(RowMath.Dot(t, t)), LossMath.Epsilon));
            double cosine = RowMath.Dot(p, t) * unit;
            sum -= cosine;

            // Below the least norm the length does not depend on p.
            double along = norm > LossMath.Epsilon ? cosine / (length * length) : 0;
            if (!gradient.IsEmpty) RowMath.Combine(p, (float)(scale * along), t, (float)(-scale * unit), gradient.Slice(row * input.Size, input.Size));
        }

        return sum;
    }
}
