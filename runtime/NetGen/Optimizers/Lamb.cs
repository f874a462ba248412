using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Lamb (You et al., 2019), Adam for large batches: with m and v as in <see cref="Adam"/>, <c>u = m / (1 - Beta1^t) / (sqrt(v / (1 - Beta2^t)) + Epsilon)</c>, <c>w -= learningRate * |w| / |u| * u</c>,
/// where |w| and |u| are the L2 norms of a whole variable; where one of them is 0, their quotient counts as 1.
/// </summary>
public sealed class Lamb : AdaptiveMoments
{
    /// <summary>Lamb with the learning rate 0.001.</summary>
    public Lamb() : this(0.001) { }

    /// <summary>Lamb.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Lamb(LearningRate learningRate) : base(learningRate) { }

    /// <summary>False, for the norms are those of whole variables.</summary>
    public override bool IsElementwise => false;

    /// <summary>The direction u of each weight.</summary>
    protected internal override int ScratchLength(ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Count;
    }

    /// <inheritdoc/>
    protected internal override unsafe void UpdateVariable(
        in UpdateContext context, ParameterInfo variable, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots, Span<float> scratch)
    {
        double step = context.Iteration + 1;
        float ofMean = (float)(1 / (1 - Math.Pow(Beta1, step))), ofSquare = (float)(1 / (1 - Math.Pow(Beta2, step)));
        Span<float> directions = scratch[..weights.Length];
        fixed (float* w = weights, g = gradients, m = slots[0], v = slots[1], u = directions)
        {
            AdamKernel moments = new(context, w, g, m, v, 0, (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
            Lanes.Run(new Kernel(moments, context, w, u, ofMean, ofSquare, (float)Epsilon), weights.Length);
            double ofWeights = Math.Sqrt(Sums.OfSquares(weights)), ofDirections = Math.Sqrt(Sums.OfSquares(directions));
            double ratio = ofWeights > 0 && ofDirections > 0 ? ofWeights / ofDirections : 1;
            Lanes.Run(new AddKernel(w, u, 1, -(float)(context.LearningRate * ratio)), weights.Length);
        }
    }

    private readonly unsafe struct Kernel(AdamKernel moments, UpdateContext context, float* w, float* u, float ofMean, float ofSquare, float epsilon) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            (TLanes mean, TLanes square) = moments.UpdateMoments<TLanes>(index);
            TLanes root = TLanes.Sqrt(square * TLanes.Broadcast(ofSquare)) + TLanes.Broadcast(epsilon);
            TLanes.Store(mean * TLanes.Broadcast(ofMean) / root, u + index);
            TLanes.Store(TLanes.Load(w + index) * TLanes.Broadcast(context.DecayFactor), w + index);
        }
    }
}
