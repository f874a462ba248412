using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Lion (Chen et al., 2023): <c>w -= learningRate * sign(Beta1 * m + (1 - Beta1) g)</c>, <c>m = Beta2 * m + (1 - Beta2) g</c>. Every weight moves by the learning rate, so that a fitting
/// one is a third to a tenth of Adam's, and the weight decay three to ten times AdamW's.
/// </summary>
public sealed class Lion : Optimizer
{
    /// <summary>Lion with the learning rate 0.001.</summary>
    public Lion() : this(0.001) { }

    /// <summary>Lion.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Lion(LearningRate learningRate) : base(learningRate) { }

    /// <summary>The share of the mean in what gives the sign: above 0 and up to 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta1
    {
        get;
        init => field = Arguments.PositiveUpToOne(value, nameof(Beta1));
    } = 0.9;

    /// <summary>How slowly the mean of the gradients forgets: from 0 up to, but not including, 1; 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta2
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Beta2));
    } = 0.99;

    /// <summary><c>momentum</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["momentum"];

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        fixed (float* w = weights, g = gradients, m = slots[0])
        {
            Kernel kernel = new(context, w, g, m, -(float)context.LearningRate, (float)Beta1, (float)(1 - Beta1), (float)Beta2, (float)(1 - Beta2));
            Lanes.Run(kernel, weights.Length);
        }
    }

    private readonly unsafe struct Kernel(
        UpdateContext context, float* w, float* g, float* m, float step, float beta1, float rate1, float beta2, float rate2) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index), mean = TLanes.Load(m + index), zero = TLanes.Broadcast(0);
            TLanes mixed = TLanes.MultiplyAdd(mean, TLanes.Broadcast(beta1), gradient * TLanes.Broadcast(rate1));
            // The sign of what is no number is 0; the second term is 0 but for those, which must show.
            TLanes sign = TLanes.Sign(mixed) + TLanes.Min(TLanes.Max(mixed, zero), zero);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), sign * TLanes.Broadcast(step)), w + index);
            mean = TLanes.Flush(TLanes.MultiplyAdd(mean, TLanes.Broadcast(beta2), gradient * TLanes.Broadcast(rate2)), Tiny.Motionless);
            TLanes.Store(mean, m + index);
        }
    }
}
