using System.Numerics;

namespace NetGen;

/// <summary><c>mean(p - t log(p + 1e-7))</c>.</summary>
internal sealed class PoissonLoss(LossReduction reduction, string name)
    : ElementwiseLoss<PoissonLoss.Formula>(default, isMean: true, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> p = prediction + new Vector<float>(LossMath.Epsilon);
            value = prediction - (target * LossMath.Log(p));
            derivative = Vector<float>.One - (target / p);
        }
    }
}
