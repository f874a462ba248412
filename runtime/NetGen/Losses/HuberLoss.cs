using System.Numerics;

namespace NetGen;

/// <summary><c>mean(e^2 / 2)</c> within <c>delta</c>, <c>mean(delta |e| - delta^2 / 2)</c> beyond it, <c>e = p - t</c>.</summary>
internal sealed class HuberLoss(double delta, LossReduction reduction, string name)
    : ElementwiseLoss<HuberLoss.Formula>(new Formula(Checked(delta)), isMean: true, reduction, name)
{
    private static float Checked(double delta) => delta > 0 && double.IsFinite(delta)
        ? (float)delta
        : throw new ArgumentOutOfRangeException(nameof(delta), delta, "Expected a finite number above 0.");

    internal readonly struct Formula(float delta) : IElementLoss
    {
        public void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative)
        {
            Vector<float> limit = new(delta);
            Vector<float> error = prediction - target;
            Vector<float> size = Vector.Abs(error);
            Vector<int> isFar = Vector.GreaterThan(size, limit);
            value = Vector.ConditionalSelect(isFar, limit * (size - (0.5f * limit)), 0.5f * error * error);
            derivative = Vector.ConditionalSelect(isFar, Vector.CopySign(limit, error), error);
        }
    }
}
