namespace NetGen;

/// <summary><c>max(max((1 - t) p) - sum(t p) + 1, 0)</c>; of several largest terms the first has the gradient.</summary>
internal sealed class CategoricalHingeLoss(LossReduction reduction, string name) : Loss(name, reduction)
{
    protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        double sum = 0;
        for (int row = first; row < first + count; row++)
        {
            ReadOnlySpan<float> p = input.Predictions.Slice(row * input.Size, input.Size);
            ReadOnlySpan<float> t = input.Targets.Slice(row * input.Size, input.Size);
            double positive = 0;
            double negative = double.NegativeInfinity;
            int best = 0;
            for (int i = 0; i < p.Length; i++)
            {
                positive += (double)t[i] * p[i];
                double other = (1.0 - t[i]) * p[i];
                if (other > negative) (negative, best) = (other, i);
            }

            // NaN is passed over by the comparison but is in the sum, unless it is of infinities: then the loss is not a number either.
            double loss = negative - positive + 1;
            bool isMet = loss <= 0;
            sum += isMet ? 0 : loss;
            if (gradient.IsEmpty) continue;
            Span<float> g = gradient.Slice(row * input.Size, input.Size);
            float factor = isMet ? 0 : double.IsNaN(loss) ? float.NaN : scale;
            for (int i = 0; i < g.Length; i++) g[i] = -factor * t[i];
            g[best] += factor * (1 - t[best]);
        }

        return sum;
    }
}
