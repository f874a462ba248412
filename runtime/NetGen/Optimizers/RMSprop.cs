using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// RMSprop (Hinton, 2012): <c>v = Rho * v + (1 - Rho) g²</c> and <c>w -= learningRate * g / sqrt(v + Epsilon)</c>. <see cref="Centered"/> also keeps
/// the mean <c>a = Rho * a + (1 - Rho) g</c> and takes the variance <c>v - a²</c> in place of v; with <see cref="Momentum"/> the quotient is
/// added to <c>Momentum * m</c>, which the weight then follows.
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>RMSprop with the learning rate 0.001.</summary>
    public RMSprop() : this(0.001) { }

    /// <summary>RMSprop.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public RMSprop(LearningRate learningRate) : base(learningRate) { }

    /// <summary>How slowly the means forget: from 0 up to, but not including, 1; 0.9 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double Rho
    {
        get;
        init => field = Arguments.Fraction(value, nameof(Rho));
    } = 0.9;

    /// <summary>How much of the last step goes on; 0 (none) by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public double Momentum
    {
        get;
        init => field = Arguments.NotNegative(value, nameof(Momentum));
    }

    /// <summary>What is added below the root; 1e-7 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon));
    } = 1e-7;

    /// <summary>Whether gradients are divided by their standard deviation rather than by their root mean square.</summary>
    public bool Centered { get; init; }

    /// <summary><c>velocity</c>, then <c>momentum</c> where <see cref="Momentum"/> is above 0, then <c>average_gradient</c> where <see cref="Centered"/>.</summary>
    public override IReadOnlyList<string> SlotNames => (Momentum > 0, Centered) switch
    {
        (false, false) => ["velocity"],
        (true, false) => ["velocity", "momentum"],
        (false, true) => ["velocity", "average_gradient"],
        (true, true) => ["velocity", "momentum", "average_gradient"],
    };

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        Span<float> momentums = Momentum > 0 ? slots[1] : default;
        Span<float> averages = Centered ? slots[slots.Count - 1] : default;
        fixed (float* w = weights, g = gradients, v = slots[0], m = momentums, a = averages)
        {
            Kernel kernel = new(
                context, w, g, v, m, a, (float)context.LearningRate, (float)Rho, (float)(1 - Rho), (float)Momentum, (float)Epsilon);
            Lanes.Run(kernel, weights.Length);
        }
    }

    /// <summary>The momentums <c>m</c> and the averages <c>a</c> are null where they are not kept.</summary>
    private readonly unsafe struct Kernel(
        UpdateContext context, float* w, float* g, float* v, float* m, float* a, float learningRate, float rho, float rate, float momentum, float epsilon)
        : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = context.LoadGradient<TLanes>(g + index);
            TLanes felt = TLanes.Flush(gradient, Tiny.SubnormalSquare);
            TLanes square = TLanes.Flush(
                TLanes.MultiplyAdd(TLanes.Load(v + index), TLanes.Broadcast(rho), TLanes.Broadcast(rate) * (felt * felt)), Tiny.Subnormal);
            TLanes.Store(square, v + index);
            if (a != null)
            {
                TLanes average = TLanes.Flush(
                    TLanes.MultiplyAdd(TLanes.Load(a + index), TLanes.Broadcast(rho), TLanes.Broadcast(rate) * gradient), Tiny.SubnormalSquare);
                TLanes.Store(average, a + index);
                // Rounding may take the variance of an almost constant gradient below 0, which would give NaN.
                square = TLanes.Max(square - (average * average), TLanes.Broadcast(0));
            }
            TLanes move = gradient * TLanes.Broadcast(learningRate) / TLanes.Sqrt(square + TLanes.Broadcast(epsilon));
            if (m != null)
            {
                move = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Load(m + index), TLanes.Broadcast(momentum), move), Tiny.Motionless);
                TLanes.Store(move, m + index);
            }
            TLanes.Store((TLanes.Load(w + index) * TLanes.Broadcast(context.DecayFactor)) - move, w + index);
        }
    }
}
