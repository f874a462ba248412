using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Adadelta (Zeiler, 2012): <c>a = Rho * a + (1 - Rho) g²</c>, <c>d = sqrt(b + Epsilon) / sqrt(a + Epsilon) * g</c>, <c>b = Rho * b + (1 - Rho) d²</c>, <c>w -= learningRate * d</c>. A learning
/// rate higher than the default is worth a trial; the paper's is 1.
/// </summary>
public sealed class Adadelta : Optimizer
{
    /// <summary>Adadelta with the learning rate 0.001.</summary>
    public Adadelta() : this(0.001) { }

    /// <summary>Adadelta.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Adadelta(LearningRate learningRate) : base(learningRate) { }

    /// <summary>How slowly the means of squares forget: from 0 up to, but not including, 1; 0.95 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Rho
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Rho));
    } = 0.95;

    /// <summary>What is added below the roots; 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-7;

    /// <summary><c>accumulated_grad</c> and <c>accumulated_delta_var</c>.</summary>
    public override IReadOnlyList<string> SlotNames => ["accumulated_grad", "accumulated_delta_var"];

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        fixed (float* w = weights, g = gradients, a = slots[0], b = slots[1])
            Lanes.Run(new Kernel(context, w, g, a, b, -(float)context.LearningRate, (float)Rho, (float)(1 - Rho), (float)Epsilon), weights.Length);
    }

    private readonly unsafe struct Kernel(UpdateContext context, float* w, float* g, float* a, float* b, float step, float rho, float rate, float epsilon) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            TLanes square = Follow(TLanes.Load(a + index), gradient);
            TLanes.Store(square, a + index);
            TLanes moves = TLanes.Load(b + index);
            TLanes move = gradient * TLanes.Sqrt(moves + TLanes.Broadcast(epsilon)) / TLanes.Sqrt(square + TLanes.Broadcast(epsilon));
            TLanes.Store(Follow(moves, move), b + index);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), move * TLanes.Broadcast(step)), w + index);
        }

        /// <summary>The mean of squares with one more value.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private TLanes Follow<TLanes>(TLanes mean, TLanes value) where TLanes : struct, ILanes<TLanes>
        {
            value = TLanes.Flush(value, Tiny.SubnormalSquare);
            return TLanes.Flush(TLanes.MultiplyAdd(mean, TLanes.Broadcast(rho), TLanes.Broadcast(rate) * (value * value)), Tiny.Subnormal);
        }
    }
}
