namespace NetGen;

/// <summary>
/// How weights follow their gradients: an immutable description, which any number of trainers may share. What changes from step to step
/// (the iteration, momentums and so on) belongs to the trainer. Names, defaults and formulas are those of Keras 3.
/// </summary>
/// <remarks>
/// A step first clips the gradients, then lets the weights decay by <c>w -= w * WeightDecay * learningRate</c> (decoupled from the gradients,
/// for every optimizer, as in Keras), and then applies the optimizer's own rule; the three happen in one pass over memory. One's own optimizer derives from this class.
/// </remarks>
public abstract class Optimizer
{
    /// <summary>Sets the learning rate.</summary>
    /// <param name="learningRate">A number or a schedule.</param>
    protected Optimizer(LearningRate learningRate) => LearningRate = learningRate;

    /// <summary>The learning rate: a number, or a schedule over the steps.</summary>
    public LearningRate LearningRate { get; }

    /// <summary>The factor of decoupled weight decay, or null for none (the default, except in <see cref="AdamW"/> and <see cref="Muon"/>).</summary>
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
    /// Whether the trainer keeps a moving average of the weights (Polyak averaging): <c>average = EmaMomentum * average + (1 - EmaMomentum) * w</c> after every batch, and
    /// <c>average = w</c> in the first step. At its end <see cref="Trainer.Fit"/> replaces the weights by their averages, as in Keras; <see cref="SwapEMAWeights"/> does it for evaluations before that.
    /// </summary>
    public bool UseEma { get; init; }

    /// <summary>How slowly the averages of <see cref="UseEma"/> forget: from 0 to 1; 0.99 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is outside.</exception>
    public double EmaMomentum
    {
        get;
        init => field = Arguments.UpToOne(value, nameof(EmaMomentum));
    } = 0.99;

    /// <summary>After how many steps each the averages of <see cref="UseEma"/> replace the weights; null (the default) for the end of <see cref="Trainer.Fit"/> only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int? EmaOverwriteFrequency
    {
        get;
        init => field = Arguments.AtLeast(value, 1, nameof(EmaOverwriteFrequency));
    }

    /// <summary>
    /// Of how many batches a step takes the mean gradient; null (the default) for a step a batch. The gradients of the batches between are added up, and clipped when their mean is taken. Gradients are
    /// as those of one large batch, if the batches are of one size.
    /// </summary>
    /// <remarks>
    /// As in Keras, the steps that count for the bias of <see cref="Adam"/>, <see cref="EmaOverwriteFrequency"/> and <see cref="Trainer.Iterations"/> are those of the weights, and a
    /// <see cref="Schedule"/>, the moving average of <see cref="UseEma"/> and constraints go by batches.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 2.</exception>
    public int? GradientAccumulationSteps
    {
        get;
        init => field = Arguments.AtLeast(value, 2, nameof(GradientAccumulationSteps));
    }

    /// <summary>
    /// What multiplies the loss before its gradients are computed, and divides them before anything is done with them; null (the default) for nothing. Arithmetic is in 32 bits, so that this is
    /// for gradients below 1e-38 alone. The loss is reported without it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive, or not a number that a float can hold.</exception>
    public double? LossScaleFactor
    {
        get;
        init => field = value is { } factor ? Arguments.Epsilon(factor, nameof(LossScaleFactor)) : null;
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
    /// The names of the optimizer's slots, in the order in which <see cref="Update"/> sees them. A slot holds what <see cref="SlotShape"/> says of each variable, from the values of
    /// <see cref="SlotStartOf"/> on. Checkpoints store slots under these names.
    /// </summary>
    public abstract IReadOnlyList<string> SlotNames { get; }

    /// <summary>
    /// Whether no element of a variable influences another: true by default. The trainer then gives any ranges to <see cref="Update"/>, wherever and in whatever order the elements lie. Otherwise it
    /// gives whole variables in Keras's layout to <see cref="UpdateVariable"/>, each by one thread.
    /// </summary>
    public virtual bool IsElementwise => true;

    /// <summary>What a slot starts from, when its variable is trained for the first time; 0 by default.</summary>
    /// <param name="slot">The slot's place in <see cref="SlotNames"/>.</param>
    public virtual SlotStart SlotStartOf(int slot) => SlotStart.Zero;

    /// <summary>The shape of what a slot holds of a variable, where the optimizer is not <see cref="IsElementwise"/>: the variable's own by default; <c>[0]</c> for nothing.</summary>
    /// <param name="slot">The slot's place in <see cref="SlotNames"/>.</param>
    /// <param name="variable">The variable.</param>
    public virtual int[] SlotShape(int slot, ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Shape.ToArray();
    }

    /// <summary>Whether the variable of this name decays, that is whether no word of <see cref="ExcludeFromWeightDecay"/> is in its name.</summary>
    /// <param name="variable">The name, such as <c>dense/kernel</c>.</param>
    public bool Decays(string variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        if (!HasWeightDecay)
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
    /// <exception cref="NotSupportedException">The optimizer is not <see cref="IsElementwise"/>.</exception>
    protected internal virtual void Update(in UpdateContext context, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots)
        => throw new NotSupportedException($"{GetType().Name} updates no ranges.");

    /// <summary>Updates one whole variable, and what the slots hold of it, where the optimizer is not <see cref="IsElementwise"/>. Several variables are updated at once.</summary>
    /// <param name="context">The learning rate, the clipping and the decay of this variable.</param>
    /// <param name="variable">Its name and its shape.</param>
    /// <param name="weights">The weights in Keras's layout.</param>
    /// <param name="gradients">Their gradients, likewise.</param>
    /// <param name="slots">What each slot holds of the variable, in the shape of <see cref="SlotShape"/>.</param>
    /// <param name="scratch">As much memory as <see cref="ScratchLength"/> asks for, with anything in it.</param>
    /// <exception cref="NotSupportedException">The optimizer is <see cref="IsElementwise"/>.</exception>
    protected internal virtual void UpdateVariable(
        in UpdateContext context, ParameterInfo variable, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots, Span<float> scratch)
        => throw new NotSupportedException($"{GetType().Name} updates no whole variables.");

    /// <summary>How many floats of memory <see cref="UpdateVariable"/> needs beside what it is given; 0 by default.</summary>
    /// <param name="variable">The variable.</param>
    protected internal virtual int ScratchLength(ParameterInfo variable) => 0;

    /// <summary>Whether any variable decays that is not excluded.</summary>
    private protected virtual bool HasWeightDecay => WeightDecay is not (null or 0);

    /// <summary>The factor of the weight decay of a variable that <see cref="Decays"/>.</summary>
    internal virtual double? WeightDecayOf(ParameterInfo variable) => WeightDecay;

    /// <summary>Whether evaluation wants other weights than training: <see cref="ToEval"/> and <see cref="ToTrain"/> turn one into the other.</summary>
    internal virtual bool HasEvaluationWeights => false;

    /// <summary>Turns a range of the weights of training into those of evaluation.</summary>
    internal virtual void ToEval(Span<float> weights, SlotRanges slots)
    {
    }

    /// <summary>Turns a range of the weights of evaluation into those of training.</summary>
    internal virtual void ToTrain(Span<float> weights, SlotRanges slots)
    {
    }

    private static double? CheckClipping(double? value, string name, double? other, double? another)
    {
        if (value is not { } limit)
            return null;
        if (other is not null || another is not null)
            throw new ArgumentException($"Only one of {nameof(ClipNorm)}, {nameof(ClipValue)} and {nameof(GlobalClipNorm)} can be set.", name);
        return Arguments.Positive(limit, name);
    }
}
