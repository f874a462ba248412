using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The scaled and clipped gradients, and the weights after their decay.</summary>
internal readonly unsafe struct GradientKernel(UpdateContext context, float* w, float* g, float* destination) : ILaneKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(context.LoadGradient<TLanes>(g + index), destination + index);
        TLanes.Store(TLanes.Load(w + index) * TLanes.Broadcast(context.DecayFactor), w + index);
    }
}
