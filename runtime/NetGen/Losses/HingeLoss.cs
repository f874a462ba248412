using System.Numerics;

namespace NetGen;

/// <summary><c>mean(max(1 - t p, 0))</c>, or the mean of the squares; targets that are all 0 or 1 in the whole batch become -1 and 1, as in Keras.</summary>
internal sealed class HingeLoss(bool isSquared, LossReduction reduction, string name)
    : ElementwiseLoss<HingeLoss.Formula>(new Formula(isSquared, isBinary: false), isMean: true, reduction, name)
{
    private readonly Formula ofBinary = new(isSquared, isBinary: true);

    internal override LossInput View(in LossInput input) => input.WithBinaryTargets(input.Targets.IndexOfAnyExcept(0f, 1f) < 0);

    private protected override double Elements(in LossInput input, int first, int count, float scale, Span<float> gradient) => input.HasBinaryTargets
        ? Run(ofBinary, input, input.Predictions, first, count, scale, gradient)
        : base.Elements(input, first, count, scale, gradient);

    internal readonly struct Formula(bool isSquared, bool isBinary) : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> t = isBinary ? target + target - Vector<float>.One : target;
            Vector<float> margin = Vector<float>.One - (t * prediction);

            // NaN is not below 0 and stays.
            Vector<int> isMet = Vector.LessThanOrEqual(margin, Vector<float>.Zero);
            Vector<float> missing = Vector.ConditionalSelect(isMet, Vector<float>.Zero, margin);
            value = isSquared ? missing * missing : missing;

            // The derivative is NaN where the margin is: t alone would not tell.
            Vector<float> slope = isSquared ? -2 * missing * t : -t + (missing - missing);
            derivative = Vector.ConditionalSelect(isMet, Vector<float>.Zero, slope);
        }
    }
}
