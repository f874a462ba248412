using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Follow the regularized leader (McMahan et al., 2013), for shallow networks over many sparse features: with <c>p = -LearningRatePower</c>, <c>n' = n + g²</c>,
/// <c>z += g + 2 L2ShrinkageRegularizationStrength w - (n'^p - n^p) / learningRate * w</c>, <c>q = n'^p / learningRate + 2 L2RegularizationStrength + Beta / learningRate</c>, the weight becomes
/// <c>(clip(z, -l, l) - z) / q</c>, where l is <see cref="L1RegularizationStrength"/>. It does not grow out of the last weight, so that weight decay acts on it through z alone.
/// </summary>
/// <remarks>A step at a learning rate of 0, which a schedule may give, or whose variable has the scale 0, changes nothing. A weight whose quotient is 0 / 0, for want of any gradient, becomes 0.</remarks>
public sealed class Ftrl : Optimizer
{
    /// <summary>FTRL with the learning rate 0.001.</summary>
    public Ftrl() : this(0.001) { }

    /// <summary>FTRL.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Ftrl(LearningRate learningRate) : base(learningRate) { }

    /// <summary>The power with which the learning rate falls as squares add up: not above 0, which leaves it as it is; -0.5 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is above 0, infinite or NaN.</exception>
    public double LearningRatePower
    {
        get;
        init => field = Arguments.NotPositive(value, nameof(LearningRatePower));
    } = -0.5;

    /// <summary>What the sums of squares start from; 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double InitialAccumulatorValue
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>The L1 penalty, which keeps weights at 0; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double L1RegularizationStrength
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(L1RegularizationStrength));
    }

    /// <summary>The L2 penalty, which steadies; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double L2RegularizationStrength
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(L2RegularizationStrength));
    }

    /// <summary>The L2 penalty on the size of weights, as a loss has it; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double L2ShrinkageRegularizationStrength
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(L2ShrinkageRegularizationStrength));
    }

    /// <summary>The paper's beta; 0 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Beta
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(Beta));
    }

    /// <summary><c>accumulator</c> and <c>linear</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["accumulator", "linear"];

    /// <summary>The accumulator starts from <see cref="InitialAccumulatorValue"/>, the linear terms from 0.</summary>
    public override SlotStart SlotStartOf(int slot) => slot == 0 ? SlotStart.Constant(InitialAccumulatorValue) : SlotStart.Zero;

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        double rate = context.LearningRate;
        if (rate == 0)
            return;
        fixed (float* w = weights, g = gradients, n = slots[0], z = slots[1])
        {
            Kernel kernel = new(
                context, w, g, n, z, (float)rate, (float)-LearningRatePower, (float)L1RegularizationStrength,
                (float)((2 * L2RegularizationStrength) + (Beta / rate)), (float)(2 * L2ShrinkageRegularizationStrength));
            Lanes.Run(kernel, weights.Length);
        }
    }

    private readonly unsafe struct Kernel(
        UpdateContext context, float* w, float* g, float* n, float* z, float rate, float power, float limit, float steady, float shrinkage) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index), weight = TLanes.Load(w + index) * TLanes.Broadcast(context.DecayFactor);
            TLanes last = TLanes.Load(n + index), felt = TLanes.Flush(gradient, Tiny.SubnormalSquare), sum = TLanes.MultiplyAdd(felt, felt, last);
            TLanes.Store(sum, n + index);
            TLanes root = Power(sum);
            TLanes linear = TLanes.Load(z + index) + TLanes.MultiplyAdd(weight, TLanes.Broadcast(shrinkage), gradient);
            linear -= (root - Power(last)) / TLanes.Broadcast(rate) * weight;
            TLanes.Store(linear, z + index);
            TLanes clipped = TLanes.Max(TLanes.Broadcast(-limit), TLanes.Min(linear, TLanes.Broadcast(limit))) - linear;
            TLanes divisor = (root / TLanes.Broadcast(rate)) + TLanes.Broadcast(steady);
            // Of 0 / 0 a 0: elements without any gradient so far, padding among them.
            TLanes.Store(clipped / TLanes.Max(divisor, TLanes.Broadcast(float.Epsilon)), w + index);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TLanes Power<TLanes>(TLanes value) where TLanes : struct, ILanes<TLanes> => power == 0.5f ? TLanes.Sqrt(value) : TLanes.Pow(value, power);
    }
}
