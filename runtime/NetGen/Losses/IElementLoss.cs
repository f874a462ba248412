using System.Numerics;

namespace NetGen;

/// <summary>The formula of a loss that is a sum over elements.</summary>
internal interface IElementLoss
{
    /// <summary>Value and derivative by the prediction, element by element.</summary>
    void Evaluate(Vector<float> prediction, Vector<float> target, out Vector<float> value, out Vector<float> derivative);
}
