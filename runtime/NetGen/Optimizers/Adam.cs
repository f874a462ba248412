using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Adam (Kingma and Ba, 2014): <c>m += (g - m) (1 - Beta1)</c>, <c>v += (g² - v) (1 - Beta2)</c>,
/// <c>w -= learningRate * sqrt(1 - Beta2^t) / (1 - Beta1^t) * m / (sqrt(v) + Epsilon)</c>, where t counts the steps from 1. Epsilon is the
/// paper's "epsilon hat", as in Keras.
/// </summary>
public class Adam : AdaptiveMoments
{
    /// <summary>Adam with the learning rate 0.001.</summary>
    public Adam() : this(0.001) { }

    /// <summary>Adam.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Adam(LearningRate learningRate) : base(learningRate) { }

    /// <summary>Whether the divisor takes the largest v so far (AMSGrad; Reddi, Kale and Kumar, 2018).</summary>
    public bool AmsGrad { get; init; }

    /// <summary><c>momentum</c> and <c>velocity</c>, and with <see cref="AmsGrad"/> <c>velocity_hat</c>.</summary>
    public override IReadOnlyList<string> SlotNames => AmsGrad ? ["momentum", "velocity", "velocity_hat"] : ["momentum", "velocity"];

    /// <inheritdoc/>
    protected internal override double StepFactor(long iteration)
        => Math.Sqrt(1 - Math.Pow(Beta2, iteration + 1)) / (1 - Math.Pow(Beta1, iteration + 1));

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        fixed (float* w = weights, g = gradients, m = slots[0], v = slots[1])
        {
            AdamKernel moments = new(
                context, w, g, m, v, -(float)(context.LearningRate * context.StepFactor), (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
            if (!AmsGrad)
            {
                Lanes.Run(moments, weights.Length);
                return;
            }
            fixed (float* largest = slots[2])
                Lanes.Run(new AmsGradKernel(moments, largest), weights.Length);
        }
    }

    private readonly unsafe struct AmsGradKernel(AdamKernel moments, float* largest) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            (TLanes mean, TLanes square) = moments.UpdateMoments<TLanes>(index);
            TLanes top = TLanes.Max(TLanes.Load(largest + index), square);
            TLanes.Store(top, largest + index);
            moments.Move(index, mean, top);
        }
    }
}
