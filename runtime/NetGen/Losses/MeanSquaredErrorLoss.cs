using System.Numerics;

namespace NetGen;

/// <summary><c>mean((p - t)^2)</c>.</summary>
internal sealed class MeanSquaredErrorLoss(LossReduction reduction, string name)
    : ElementwiseLoss<MeanSquaredErrorLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> error = prediction - target;
            value = error * error;
            derivative = error + error;
        }
    }
}
