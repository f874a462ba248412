namespace NetGen;

/// <summary>
/// How weights follow their gradients: an immutable description, which any number of trainers may share. What changes from step to step
/// (the iteration, momentums and so on) belongs to the trainer. Names, defaults and formulas are those of Keras 3.
/// </summary>
/// <remarks>
/// A step first clips the gradients, then lets the weights decay by <c>w -= w * WeightDecay * learningRate</c> (decoupled from the gradients,
/// for every optimizer, as in Keras), and then applies the optimizer's own rule; the three happen in one pass over memory.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Sets the learning rate.</summary>
    /// <param name="learningRate">A positive number or a schedule.</param>
    /// <exception cref="ArgumentOutOfRangeException">The learning rate is the struct's default, which is 0.</exception>
    protected Optimizer(LearningRate learningRate)
    {
        if (learningRate.Schedule is null)
            LearningRate.Check(learningRate.At(0), nameof(learningRate));
        LearningRate = learningRate;
    }

    /// <summary>The learning rate: a number, or a schedule over the steps.</summary>
    public LearningRate LearningRate { get; }

    /// <summary>The factor of decoupled weight decay, or null for none (the default, except in <see cref="AdamW"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN.</exception>
    public virtual double? WeightDecay
    {
        get;
        init => field = value is { } decay ? Arguments.NotNegative(decay, nameof(WeightDecay)) : null;
    }

    /// <summary>Scales the gradient of each variable so that its L2 norm is at most this; null (the default) for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    /// <exception cref="ArgumentException">Another kind of clipping is set too.</exception>
    public double? ClipNorm
    {
        get;
        init => field = CheckClipping(value, nameof(ClipNorm), ClipValue, GlobalClipNorm);
    }

    /// <summary>Limits each element of the gradients to the range from minus this to this; null (the default) for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    /// <exception cref="ArgumentException">Another kind of clipping is set too.</exception>
    public double? ClipValue
    {
        get;
        init => field = CheckClipping(value, nameof(ClipValue), ClipNorm, GlobalClipNorm);
    }

    /// <summary>Scales all gradients together so that their common L2 norm is at most this; null (the default) for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    /// <exception cref="ArgumentException">Another kind of clipping is set too.</exception>
    public double? GlobalClipNorm
    {
        get;
        init => field = CheckClipping(value, nameof(GlobalClipNorm), ClipNorm, ClipValue);
    }

    /// <summary>
    /// Words that exclude variables from weight decay: a variable such as <c>dense/bias</c> does not decay if its name contains any of them
    /// (case counts). Keras calls it <c>exclude_from_weight_decay(var_names)</c>.
    /// </summary>
    /// <exception cref="ArgumentException">A word is empty, which every name contains.</exception>
    public IReadOnlyList<string> ExcludeFromWeightDecay
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(ExcludeFromWeightDecay));
            string[] words = [.. value];
            if (Array.Exists(words, string.IsNullOrEmpty))
                throw new ArgumentException("A word is empty; expected a part of the names of the variables to exclude.", nameof(ExcludeFromWeightDecay));
            field = words;
        }
    } = [];

    /// <summary>
    /// The names of the optimizer's slots, in the order in which <see cref="Update"/> sees them. A slot holds one float per weight, 0 at first.
    /// Checkpoints store slots under these names.
    /// </summary>
    public abstract IReadOnlyList<string> SlotNames { get; }

    /// <summary>Whether the variable of this name decays, that is whether no word of <see cref="ExcludeFromWeightDecay"/> is in its name.</summary>
    /// <param name="variable">The name, such as <c>dense/kernel</c>.</param>
    public bool Decays(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (WeightDecay is null or 0)
            return false;
        foreach (string word in ExcludeFromWeightDecay)
        {
            if (variable.Contains(word, StringComparison.Ordinal))
                return false;
        }
        return true;
    }

    /// <summary>
    /// A factor that the whole step shares and that depends on nothing but the iteration, such as Adam's correction of the bias.
    /// It is computed once per step and arrives as <see cref="UpdateContext.StepFactor"/>.
    /// </summary>
    /// <param name="iteration">The number of finished steps, 0 in the first step.</param>
    protected internal virtual double StepFactor(long iteration) => 1;

    /// <summary>
    /// Updates one contiguous range of the weights, and of the slots, from their gradients. Elements must not influence each other: the trainer
    /// chooses the ranges, which may end inside a variable, and updates several at once. Elements whose weight, gradient and slots are 0
    /// are padding and must stay 0.
    /// </summary>
    /// <param name="context">The learning rate, the clipping and the decay for this range.</param>
    /// <param name="weights">The weights.</param>
    /// <param name="gradients">Their gradients, of the same length.</param>
    /// <param name="slots">The same range of each slot.</param>
    protected internal abstract void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots);

    private static double? CheckClipping(double? value, string name, double? other, double? another)
    {
        if (value is not { } limit)
            return null;
        if (other is not null || another is not null)
            throw new ArgumentException($"Only one of {nameof(ClipNorm)}, {nameof(ClipValue)} and {nameof(GlobalClipNorm)} can be set.", name);
        return Arguments.Positive(limit, name);
    }
}
