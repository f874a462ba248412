using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Nadam (Dozat, 2015), Adam with Nesterov's momentum: with <c>u_t = Beta1 (1 - 0.96^t / 2)</c> and the product U_t of these up to the step t from 1, m and v as in <see cref="Adam"/>,
/// <c>w -= learningRate * (u_(t+1) m / (1 - U_(t+1)) + (1 - u_t) g / (1 - U_t)) / (sqrt(v / (1 - Beta2^t)) + Epsilon)</c>.
/// </summary>
public sealed class Nadam : AdaptiveMoments
{
    private const double Decay = 0.96;

    /// <summary>Nadam with the learning rate 0.001.</summary>
    public Nadam() : this(0.001) { }

    /// <summary>Nadam.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Nadam(LearningRate learningRate) : base(learningRate) { }

    /// <summary>The product U of the momentums up to this step.</summary>
    protected internal override double StepFactor(long iteration)
    {
        double product = 1, decay = 1;
        // What is smaller is not seen beside 1.
        for (long step = 0; step <= iteration && product > 1e-20; step++)
        {
            decay *= Decay;
            product *= Beta1 * (1 - (0.5 * decay));
        }
        return product;
    }

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        double now = Momentum(context.Iteration + 1), next = Momentum(context.Iteration + 2);
        double ofMean = next / (1 - (context.StepFactor * next)), ofGradient = (1 - now) / (1 - context.StepFactor);
        double ofSquare = 1 / (1 - Math.Pow(Beta2, context.Iteration + 1));
        fixed (float* w = weights, g = gradients, m = slots[0], v = slots[1])
        {
            AdamKernel moments = new(context, w, g, m, v, -(float)context.LearningRate, (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
            Lanes.Run(new Kernel(moments, context, g, (float)ofMean, (float)ofGradient, (float)ofSquare), weights.Length);
        }
    }

    private double Momentum(long step) => Beta1 * (1 - (0.5 * Math.Pow(Decay, step)));

    private readonly unsafe struct Kernel(AdamKernel moments, UpdateContext context, float* g, float ofMean, float ofGradient, float ofSquare) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            (TLanes mean, TLanes square) = moments.UpdateMoments<TLanes>(index);
            mean = TLanes.MultiplyAdd(mean, TLanes.Broadcast(ofMean), gradient * TLanes.Broadcast(ofGradient));
            moments.Move(index, mean, square * TLanes.Broadcast(ofSquare));
        }
    }
}
