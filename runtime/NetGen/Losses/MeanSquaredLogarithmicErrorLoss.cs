using System.Numerics;

namespace NetGen;

/// <summary><c>mean((log(1 + p) - log(1 + t))^2)</c> with p and t at least 1e-7.</summary>
internal sealed class MeanSquaredLogarithmicErrorLoss(LossReduction reduction, string name)
    : ElementwiseLoss<MeanSquaredLogarithmicErrorLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> p = LossMath.Clip(prediction, LossMath.Epsilon, float.PositiveInfinity);
            Vector<float> t = LossMath.Clip(target, LossMath.Epsilon, float.PositiveInfinity);
            Vector<float> error = LossMath.Log1p(p) - LossMath.Log1p(t);
            value = error * error;
            Vector<float> slope = (error + error) / (p + Vector<float>.One);
            derivative = Vector.ConditionalSelect(LossMath.IsClipped(prediction, p), Vector<float>.Zero, slope);
        }
    }
}
