using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary><c>l1 * sum(|w|) + l2 * sum(w²)</c>.</summary>
public sealed class L1L2 : Regularizer
{
    private readonly double _l1;
    private readonly double _l2;

    /// <summary>Sets both factors.</summary>
    /// <param name="l1">The factor of the magnitudes.</param>
    /// <param name="l2">The factor of the squares.</param>
    /// <exception cref="ArgumentOutOfRangeException">A factor is negative or not finite.</exception>
    public L1L2(double l1 = 0.0, double l2 = 0.0)
    {
        _l1 = Arguments.NotNegative(l1, nameof(l1));
        _l2 = Arguments.NotNegative(l2, nameof(l2));
    }

    /// <inheritdoc/>
    public override bool IsElementwise => true;

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape)
        => (_l1 == 0 ? 0 : _l1 * Sums.OfMagnitudes(weights)) + (_l2 == 0 ? 0 : _l2 * Sums.OfSquares(weights));

    /// <inheritdoc/>
    /// <remarks>It is <c>l1 * sign(w) + 2 * l2 * w</c>, with sign(0) = 0.</remarks>
    public override unsafe void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, Span<float> gradients)
    {
        CheckLengths(weights, gradients);
        fixed (float* w = weights, g = gradients)
            Lanes.Run(new Kernel(w, g, (float)_l1, (float)(2 * _l2)), weights.Length);
    }

    private readonly unsafe struct Kernel(float* w, float* g, float l1, float twiceL2) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes weight = TLanes.Load(w + index);
            TLanes gradient = TLanes.MultiplyAdd(weight, TLanes.Broadcast(twiceL2), TLanes.Load(g + index));
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Sign(weight), TLanes.Broadcast(l1), gradient), g + index);
        }
    }
}
