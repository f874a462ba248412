using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Gradient descent, with momentum if wanted: <c>w -= learningRate * g</c>; with momentum <c>m = Momentum * m - learningRate * g</c> and
/// <c>w += m</c>, or with <see cref="Nesterov"/> <c>w += Momentum * m - learningRate * g</c>.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Gradient descent with the learning rate 0.01.</summary>
    public SGD() : this(0.01) { }

    /// <summary>Gradient descent.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public SGD(LearningRate learningRate) : base(learningRate) { }

    /// <summary>How much of the last step goes on, from 0 (none, the default) to 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 0, above 1 or NaN.</exception>
    public double Momentum
    {
        get;
        init => field = Arguments.UpToOne(value, nameof(Momentum));
    }

    /// <summary>Whether momentum is Nesterov's. Without momentum it makes no difference.</summary>
    public bool Nesterov { get; init; }

    /// <summary><c>momentum</c>, or nothing where <see cref="Momentum"/> is 0.</summary>
    public override IReadOnlyList<string> SlotNames => Momentum == 0 ? [] : ["momentum"];

    /// <inheritdoc/>
    protected internal override unsafe void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
    {
        float step = -(float)context.LearningRate;
        fixed (float* w = weights, g = gradients)
        {
            if (Momentum == 0)
            {
                Lanes.Run(new PlainKernel(context, w, g, step), weights.Length);
                return;
            }
            fixed (float* m = slots[0])
                Lanes.Run(new MomentumKernel(context, w, g, m, step, (float)Momentum, Nesterov), weights.Length);
        }
    }

    private readonly unsafe struct PlainKernel(UpdateContext context, float* w, float* g, float step) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes move = context.LoadGradient<TLanes>(g + index) * TLanes.Broadcast(step);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), move), w + index);
        }
    }

    private readonly unsafe struct MomentumKernel(
        UpdateContext context, float* w, float* g, float* m, float step, float momentum, bool nesterov) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes move = context.LoadGradient<TLanes>(g + index) * TLanes.Broadcast(step);
            TLanes moment = TLanes.Flush(TLanes.MultiplyAdd(TLanes.Load(m + index), TLanes.Broadcast(momentum), move), Tiny.Motionless);
            TLanes.Store(moment, m + index);
            if (nesterov)
                moment = TLanes.MultiplyAdd(moment, TLanes.Broadcast(momentum), move);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(w + index), TLanes.Broadcast(context.DecayFactor), moment), w + index);
        }
    }
}
