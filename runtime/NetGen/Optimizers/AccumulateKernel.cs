using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>Adds gradients to a sum; with a number of steps the gradients become the mean, and the sum 0.</summary>
internal readonly unsafe struct AccumulateKernel(float* g, float* sum, float steps) : ILaneKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
    {
        TLanes total = TLanes.Load(g + index) + TLanes.Load(sum + index);
        if (steps == 0)
        {
            TLanes.Store(total, sum + index);
            return;
        }
        TLanes.Store(total / TLanes.Broadcast(steps), g + index);
        TLanes.Store(TLanes.Broadcast(0), sum + index);
    }
}
