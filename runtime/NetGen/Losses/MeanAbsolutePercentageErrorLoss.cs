using System.Numerics;

namespace NetGen;

/// <summary><c>100 mean(|p - t| / max(|t|, 1e-7))</c>; the derivative of the magnitude is its sign, 0 at 0.</summary>
internal sealed class MeanAbsolutePercentageErrorLoss(LossReduction reduction, string name)
    : ElementwiseLoss<MeanAbsolutePercentageErrorLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> error = prediction - target;
            Vector<float> unit = new Vector<float>(100) / LossMath.Clip(Vector.Abs(target), LossMath.Epsilon, float.PositiveInfinity);
            value = Vector.Abs(error) * unit;
            derivative = LossMath.Sign(error) * unit;
        }
    }
}
