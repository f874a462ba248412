namespace NetGen;

/// <summary><see cref="Adam"/> with decoupled weight decay of 0.004 by default (Loshchilov and Hutter, 2019).</summary>
public sealed class AdamW : Adam
{
    /// <summary>AdamW with the learning rate 0.001.</summary>
    public AdamW() : this(0.001) { }

    /// <summary>AdamW.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public AdamW(LearningRate learningRate) : base(learningRate) => WeightDecay = 0.004;

    /// <summary>The factor of decoupled weight decay; 0.004 by default.</summary>
    /// <exception cref="ArgumentNullException">The value is null: AdamW without decay is <see cref="Adam"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public override double? WeightDecay
    {
        get => base.WeightDecay;
        init => base.WeightDecay = value ?? throw new ArgumentNullException(nameof(WeightDecay), "AdamW needs a weight decay; without one, use Adam.");
    }
}
