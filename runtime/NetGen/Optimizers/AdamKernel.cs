using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The two moments of a gradient and the step of <see cref="Adam"/> along their quotient.</summary>
/// <param name="context">The scale of the gradients and the decay.</param>
/// <param name="w">The weights.</param>
/// <param name="g">Their gradients.</param>
/// <param name="m">The means of the gradients.</param>
/// <param name="v">The means of their squares.</param>
/// <param name="step">What multiplies the quotient: minus the learning rate with the correction of the bias.</param>
/// <param name="rate1">1 - Beta1.</param>
/// <param name="rate2">1 - Beta2.</param>
/// <param name="epsilon">What is added to the root.</param>
internal readonly unsafe struct AdamKernel(
    UpdateContext context, float* w, float* g, float* m, float* v, float step, float rate1, float rate2, float epsilon) : ILaneKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
    {
        (TLanes mean, TLanes square) = UpdateMoments<TLanes>(index);
        Move(index, mean, square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (TLanes Mean, TLanes Square) UpdateMoments<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
    {
        TLanes gradient = context.LoadGradient<TLanes>(g + index);
        TLanes mean = TLanes.Load(m + index);
        mean = TLanes.Flush(TLanes.MultiplyAdd(gradient - mean, TLanes.Broadcast(rate1), mean), Tiny.Motionless);
        TLanes.Store(mean, m + index);
        TLanes square = TLanes.Load(v + index);
        gradient = TLanes.Flush(gradient, Tiny.SubnormalSquare);
        square = TLanes.Flush(TLanes.MultiplyAdd((gradient * gradient) - square, TLanes.Broadcast(rate2), square), Tiny.Subnormal);
        TLanes.Store(square, v + index);
        return (mean, square);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move<TLanes>(nint index, TLanes mean, TLanes square) where TLanes : struct, ILanes<TLanes>
    {
        TLanes move = mean * TLanes.Broadcast(step) / (TLanes.Sqrt(square) + TLanes.Broadcast(epsilon));
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), move), w + index);
    }
}
