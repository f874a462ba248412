using System.Numerics;

namespace NetGen;

/// <summary><c>sum(t log(t / p))</c> with t and p clipped to [1e-7, 1].</summary>
internal sealed class KLDivergenceLoss(LossReduction reduction, string name)
    : ElementwiseLoss<KLDivergenceLoss.Formula>(default, isMean: false, reduction, name)
{
    internal readonly struct Formula : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> p = LossMath.Clip(prediction, LossMath.Epsilon, 1);
            Vector<float> t = LossMath.Clip(target, LossMath.Epsilon, 1);
            value = t * LossMath.Log(t / p);
            derivative = Vector.ConditionalSelect(LossMath.IsClipped(prediction, p), Vector<float>.Zero, -t / p);
        }
    }
}
