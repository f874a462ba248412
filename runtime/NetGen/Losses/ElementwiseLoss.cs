namespace NetGen;

/// <summary>A loss whose row is the mean, or the sum, of a formula over its elements.</summary>
/// <typeparam name="TLoss">The formula.</typeparam>
internal abstract class ElementwiseLoss<TLoss> : Loss
    where TLoss : struct, IElementLoss
{
    private readonly TLoss formula;
    private readonly bool isMean;

    protected ElementwiseLoss(TLoss formula, bool isMean, LossReduction reduction, string name)
        : base(name, reduction)
    {
        this.formula = formula;
        this.isMean = isMean;
    }

    protected internal sealed override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        return Elements(input, first, count, scale, gradient);
    }

    /// <summary>The rows of a checked batch, under the formula or another one that the batch asks for.</summary>
    private protected virtual double Elements(in LossInput input, int first, int count, float scale, Span<float> gradient) =>
        Run(formula, input, input.Predictions, first, count, scale, gradient);

    /// <summary>Rows of (rows, size) values under a formula: rows lie side by side, so one loop covers them all.</summary>
    protected double Run<TFormula>(
        TFormula formula, in LossInput input, ReadOnlySpan<float> values, int first, int count, float scale, Span<float> gradient)
        where TFormula : struct, IElementLoss
    {
        int start = first * input.Size;
        int length = count * input.Size;
        float share = isMean ? 1f / input.Size : 1;
        double sum = ElementLoop.Run(
            formula,
            values.Slice(start, length),
            input.Targets.Slice(start, length),
            scale * share,
            gradient.IsEmpty ? [] : gradient.Slice(start, length));
        return isMean ? sum / input.Size : sum;
    }
}
