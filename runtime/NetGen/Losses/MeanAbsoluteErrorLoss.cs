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
            derivative = LossMath.Sign(error);
        }
    }
}
