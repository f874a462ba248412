using System.Numerics;

namespace NetGen;

/// <summary><c>mean(w q^gamma bce)</c>: the binary crossentropy times a power of how far a prediction is from its target,
/// <c>q = t (1 - p) + (1 - t) p</c>, and with class balancing times <c>w = alpha t + (1 - alpha)(1 - t)</c> (Lin and others 2017,
/// "Focal Loss for Dense Object Detection").</summary>
internal sealed class BinaryFocalCrossentropyLoss : ElementwiseLoss<BinaryFocalCrossentropyLoss.Formula>
{
    private readonly bool fromLogits;
    private readonly Formula ofLogits;

    public BinaryFocalCrossentropyLoss(double? alpha, double gamma, bool fromLogits, double labelSmoothing, LossReduction reduction, string name)
        : base(new Formula((float?)alpha, Focus.Checked(gamma), fromLogits, Smoothing.Checked(labelSmoothing)), isMean: true, reduction, name)
    {
        this.fromLogits = fromLogits;
        ofLogits = new Formula((float?)alpha, (float)gamma, fromLogits: true, (float)labelSmoothing);
    }

    public override bool Fuses(FinalActivation activation) => activation == FinalActivation.Sigmoid && !fromLogits;

    internal override bool FromLogits => fromLogits;

    protected internal override double RowsFromLogits(
        in LossInput input, ReadOnlySpan<float> logits, int first, int count, float scale, Span<float> gradient)
    {
        input.CheckDense(Name);
        return Run(ofLogits, input, logits, first, count, scale, gradient);
    }

    internal readonly struct Formula(float? alpha, float gamma, bool fromLogits, float smoothing) : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> one = Vector<float>.One;
            Vector<float> t = (target * (1 - smoothing)) + new Vector<float>(0.5f * smoothing);
            Vector<float> p, rest, slope, entropy;
            if (fromLogits)
            {
                (p, rest) = (LossMath.Sigmoid(prediction), LossMath.Sigmoid(-prediction));
                slope = p * rest;
                BinaryCrossentropyLoss.Formula.OfLogits(prediction, t, out entropy, out derivative);
            }
            else
            {
                (p, rest, slope) = (prediction, one - prediction, one);
                BinaryCrossentropyLoss.Formula.OfProbabilities(prediction, t, out entropy, out derivative);
            }

            // The power of gamma - 1 is taken as a quotient, so that q = 0 gives 0 for every gamma.
            Vector<float> q = (t * rest) + ((one - t) * p);
            Vector<float> factor = LossMath.Pow(q, new Vector<float>(gamma));
            Vector<float> growth = gamma * factor / LossMath.Clip(q, 1e-30f, float.PositiveInfinity) * (one - t - t) * slope;
            if (alpha is { } weight) factor *= (weight * t) + ((1 - weight) * (one - t));
            if (alpha is { } balance) growth *= (balance * t) + ((1 - balance) * (one - t));
            value = factor * entropy;
            derivative = (growth * entropy) + (factor * derivative);
        }
    }
}
