using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Schedule-free AdamW (Defazio et al., 2024): a step goes from z by Adam's rule, x is the mean of all z, and gradients are taken between the two. With <c>v += (g² - v) (1 - Beta2)</c> and t
/// from 1, <c>z' = z - learningRate * g / (sqrt(v / (1 - Beta2^t)) + Epsilon)</c>, <c>x' = (1 - 1/t) x + z' / t</c>, <c>w = (1 - Beta1) z' + Beta1 x'</c>.
/// </summary>
/// <remarks>
/// The weights during training are w; x is what should predict. As in Keras nobody turns one into the other unasked: <see cref="Trainer.SwapToEval"/> before evaluating, predicting or saving, and
/// <see cref="Trainer.SwapToTrain"/>, which the next step does by itself, to go on. z starts as a copy of the weights, as the slot <c>momentum</c>; x is not kept, as it follows from z and w.
/// </remarks>
public sealed class ScheduleFreeAdamW : Optimizer
{
    /// <summary>Schedule-free AdamW with the learning rate 0.0025.</summary>
    public ScheduleFreeAdamW() : this(0.0025) { }

    /// <summary>Schedule-free AdamW.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public ScheduleFreeAdamW(LearningRate learningRate) : base(learningRate) { }

    /// <summary>The share of the mean x in the weights at which gradients are taken: above 0 and below 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta1
    {
        get;
        init => field = Arguments.PositiveUpToOne(Arguments.Fraction(value, nameof(Beta1)), nameof(Beta1));
    } = 0.9;

    /// <summary>How slowly the mean of the squared gradients forgets: from 0 up to, but not including, 1; 0.999 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Beta2
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Beta2));
    } = 0.999;

    /// <summary>What is added to the root in the divisor; 1e-8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-8;

    /// <summary>Over how many steps the learning rate rises in a straight line to its value; 0 (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public int WarmupSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(WarmupSteps));
            field = value;
        }
    }

    /// <summary><c>momentum</c> and <c>velocity</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["momentum", "velocity"];

    /// <summary>The momentum starts as a copy of the weights, the velocity from 0.</summary>
    public override SlotStart SlotStartOf(int slot) => slot == 0 ? SlotStart.Weights : SlotStart.Zero;

    internal override bool HasEvaluationWeights => true;

    /// <summary>How far the warmup has come.</summary>
    protected internal override double StepFactor(long iteration) => iteration + 1 < WarmupSteps ? (iteration + 1.0) / WarmupSteps : 1;

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        double step = context.Iteration + 1;
        fixed (float* w = weights, g = gradients, z = slots[0], v = slots[1])
        {
            Kernel kernel = new(
                context, w, g, z, v, -(float)(context.LearningRate * context.StepFactor), (float)(1 - Beta2), (float)(1 / (1 - Math.Pow(Beta2, step))), (float)Epsilon,
                (float)(1 - Beta1), (float)(1 - (1 / step)), (float)(Beta1 / step));
            Lanes.Run(kernel, weights.Length);
        }
    }

    internal override unsafe void ToEval(Span<float> weights, SlotRanges slots) => Mix(weights, slots[0], (float)(1 / Beta1), (float)((Beta1 - 1) / Beta1));

    internal override unsafe void ToTrain(Span<float> weights, SlotRanges slots) => Mix(weights, slots[0], (float)Beta1, (float)(1 - Beta1));

    private static unsafe void Mix(Span<float> weights, Span<float> momentums, float ofWeights, float ofMomentums)
    {
        fixed (float* w = weights, z = momentums)
            Lanes.Run(new MixKernel(w, z, ofWeights, ofMomentums), weights.Length);
    }

    /// <summary>With w = (1 - Beta1) z + Beta1 x, <c>Beta1 x</c> is what is left of w without z, so that x itself is not needed: w' = (1 - Beta1) z' + (1 - 1/t) Beta1 x + Beta1 / t z'.</summary>
    private readonly unsafe struct Kernel(
        UpdateContext context, float* w, float* g, float* z, float* v, float step, float rate2, float ofSquare, float epsilon, float ofMomentum, float ofMean, float ofNew) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index), square = TLanes.Load(v + index), momentum = TLanes.Load(z + index);
            TLanes felt = TLanes.Flush(gradient, Tiny.SubnormalSquare);
            square = TLanes.Flush(TLanes.MultiplyAdd((felt * felt) - square, TLanes.Broadcast(rate2), square), Tiny.Subnormal);
            TLanes.Store(square, v + index);
            TLanes mean = (TLanes.Load(w + index) * TLanes.Broadcast(context.DecayFactor)) - (momentum * TLanes.Broadcast(ofMomentum));
            momentum += gradient * TLanes.Broadcast(step) / (TLanes.Sqrt(square * TLanes.Broadcast(ofSquare)) + TLanes.Broadcast(epsilon));
            TLanes.Store(momentum, z + index);
            mean *= TLanes.Broadcast(ofMean);
            TLanes.Store(TLanes.MultiplyAdd(momentum, TLanes.Broadcast(ofMomentum), TLanes.MultiplyAdd(momentum, TLanes.Broadcast(ofNew), mean)), w + index);
        }
    }

    private readonly unsafe struct MixKernel(float* w, float* z, float ofWeights, float ofMomentums) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
            => TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(ofWeights), TLanes.Load(z + index) * TLanes.Broadcast(ofMomentums)), w + index);
    }
}
