using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary><c>y = a y + b x</c>.</summary>
internal readonly unsafe struct AddKernel(float* y, float* x, float a, float b) : ILaneKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        => TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(y + index), TLanes.Broadcast(a), TLanes.Load(x + index) * TLanes.Broadcast(b)), y + index);
}
