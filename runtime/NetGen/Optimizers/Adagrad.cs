using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Adagrad (Duchi, Hazan and Singer, 2011): <c>a += g²</c>, <c>w -= learningRate * g / sqrt(a + Epsilon)</c>. A learning rate higher than the default is worth a trial; the paper's is 1.
/// </summary>
public sealed class Adagrad : Optimizer
{
    /// <summary>Adagrad with the learning rate 0.001.</summary>
    public Adagrad() : this(0.001) { }

    /// <summary>Adagrad.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Adagrad(LearningRate learningRate) : base(learningRate) { }

    /// <summary>What the sums of squares start from; 0.1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double InitialAccumulatorValue
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(InitialAccumulatorValue));
    } = 0.1;

    /// <summary>What is added below the root; 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-7;

    /// <summary><c>accumulator</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["accumulator"];

    /// <summary>The accumulator starts from <see cref="InitialAccumulatorValue"/>.</summary>
    public override SlotStart SlotStartOf(int slot) => SlotStart.Constant(InitialAccumulatorValue);

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        fixed (float* w = weights, g = gradients, a = slots[0])
            Lanes.Run(new Kernel(context, w, g, a, -(float)context.LearningRate, (float)Epsilon), weights.Length);
    }

    private readonly unsafe struct Kernel(UpdateContext context, float* w, float* g, float* a, float step, float epsilon) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            TLanes felt = TLanes.Flush(gradient, Tiny.SubnormalSquare);
            TLanes sum = TLanes.MultiplyAdd(felt, felt, TLanes.Load(a + index));
            TLanes.Store(sum, a + index);
            TLanes move = gradient * TLanes.Broadcast(step) / TLanes.Sqrt(sum + TLanes.Broadcast(epsilon));
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), move), w + index);
        }
    }
}
