using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>No weight is negative: <c>max(w, 0)</c>.</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override unsafe void Apply(Span<float> weights, ReadOnlySpan<int> shape)
    {
        fixed (float* w = weights)
            Lanes.Run(new Kernel(w), weights.Length);
    }

    private readonly unsafe struct Kernel(float* w) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
            => TLanes.Store(TLanes.Max(TLanes.Load(w + index), TLanes.Broadcast(0)), w + index);
    }
}
