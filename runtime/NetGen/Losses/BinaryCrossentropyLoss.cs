using System.Numerics;

namespace NetGen;

/// <summary><c>mean(-t log p - (1 - t) log(1 - p))</c> of clipped probabilities, or the same of logits.</summary>
internal sealed class BinaryCrossentropyLoss : ElementwiseLoss<BinaryCrossentropyLoss.Formula>
{
    private readonly bool fromLogits;
    private readonly Formula ofLogits;

    public BinaryCrossentropyLoss(bool fromLogits, double labelSmoothing, LossReduction reduction, string name)
        : base(new Formula(fromLogits, Smoothing.Checked(labelSmoothing)), isMean: true, reduction, name)
    {
        this.fromLogits = fromLogits;
        ofLogits = new Formula(fromLogits: true, (float)labelSmoothing);
    }

    public override bool Fuses(FinalActivation activation) => activation == FinalActivation.Sigmoid && !fromLogits;

    internal override bool FromLogits => fromLogits;

    protected internal override double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        return Run(ofLogits, input, logits, first, count, scale, gradient);
    }

    internal readonly struct Formula(bool fromLogits, float smoothing) : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> t = (target * (1 - smoothing)) + new Vector<float>(0.5f * smoothing);
            if (fromLogits) OfLogits(prediction, t, out value, out derivative);
            else OfProbabilities(prediction, t, out value, out derivative);
        }

        /// <summary><c>max(x, 0) - x t + log(1 + e^-|x|)</c>: no overflow, and no difference of large numbers where t is 0 or 1.</summary>
        public static void OfLogits(Vector<float> x, Vector<float> t, out Vector<float> value, out Vector<float> derivative)
        {
            // As the larger of two, NaN would vanish; in the products with t it stays.
            Vector<float> positive = Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), x, Vector<float>.Zero);
            value = positive - (x * t) + LossMath.Softplus(-Vector.Abs(x));
            derivative = LossMath.Sigmoid(x) - t;
        }

        public static void OfProbabilities(Vector<float> p, Vector<float> t, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> clipped = LossMath.Clip(p, LossMath.Epsilon, LossMath.OneMinusEpsilon);
            Vector<float> rest = Vector<float>.One - clipped;
            value = -((t * LossMath.Log(clipped)) + ((Vector<float>.One - t) * LossMath.Log(rest)));
            Vector<float> slope = (clipped - t) / (clipped * rest);
            derivative = Vector.ConditionalSelect(LossMath.IsClipped(p, clipped), Vector<float>.Zero, slope);
        }
    }
}
