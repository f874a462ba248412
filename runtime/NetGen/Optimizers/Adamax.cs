using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Adamax (Kingma and Ba, 2014, section 7.1), Adam with the largest magnitude in place of the mean square: <c>m += (g - m) (1 - Beta1)</c>, <c>u = max(Beta2 * u, |g|)</c>,
/// <c>w -= learningRate / (1 - Beta1^t) * m / (u + Epsilon)</c>, where t counts the steps from 1.
/// </summary>
public sealed class Adamax : AdaptiveMoments
{
    /// <summary>Adamax with the learning rate 0.001.</summary>
    public Adamax() : this(0.001) { }

    /// <summary>Adamax.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Adamax(LearningRate learningRate) : base(learningRate) { }

    /// <summary><c>momentum</c> and <c>norm</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["momentum", "norm"];

    /// <inheritdoc/>
    protected internal override double StepFactor(long iteration) => 1 / (1 - Math.Pow(Beta1, iteration + 1));

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        fixed (float* w = weights, g = gradients, m = slots[0], u = slots[1])
        {
            Kernel kernel = new(context, w, g, m, u, -(float)(context.LearningRate * context.StepFactor), (float)(1 - Beta1), (float)Beta2, (float)Epsilon);
            Lanes.Run(kernel, weights.Length);
        }
    }

    private readonly unsafe struct Kernel(UpdateContext context, float* w, float* g, float* m, float* u, float step, float rate, float beta2, float epsilon) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            TLanes mean = TLanes.Load(m + index);
            mean = TLanes.Flush(TLanes.MultiplyAdd(gradient - mean, TLanes.Broadcast(rate), mean), Tiny.Motionless);
            TLanes.Store(mean, m + index);
            TLanes magnitude = TLanes.Max(gradient, TLanes.Broadcast(0) - gradient);
            TLanes norm = TLanes.Flush(TLanes.Max(TLanes.Load(u + index) * TLanes.Broadcast(beta2), magnitude), Tiny.Subnormal);
            TLanes.Store(norm, u + index);
            TLanes move = mean * TLanes.Broadcast(step) / (norm + TLanes.Broadcast(epsilon));
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), move), w + index);
        }
    }
}
