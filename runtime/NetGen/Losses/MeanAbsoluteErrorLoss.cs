using System.Numerics;

namespace NetGen;

/// <summary><c>mean(|p - t|)</c>; the derivative is the sign, 0 at 0.</summary>
internal sealed class MeanAbsoluteErrorLoss(LossReduction reduction, string name)
    : ElementwiseLoss<MeanAbsoluteErrorLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> error = prediction - target;
            value = Vector.Abs(error);

            // NaN is neither above nor below 0 and must not become 0, so it is what remains.
            derivative = Vector.ConditionalSelect(
                Vector.GreaterThan(error, Vector<float>.Zero),
                Vector<float>.One,
                Vector.ConditionalSelect(Vector.LessThan(error, Vector<float>.Zero), -Vector<float>.One, error));
        }
    }
}
