using System.Numerics;

namespace NetGen;

/// <summary><c>mean(log(cosh(e)))</c>, <c>e = p - t</c>, as <c>|e| + log(1 + e^(-2 |e|)) - log 2</c>, which does not overflow.</summary>
internal sealed class LogCoshLoss(LossReduction reduction, string name)
    : ElementwiseLoss<LogCoshLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> error = prediction - target;
            Vector<float> size = Vector.Abs(error);
            value = size + LossMath.Softplus(-2 * size) - new Vector<float>(0.69314718f);
            derivative = LossMath.Tanh(error);
        }
    }
}
