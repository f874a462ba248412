namespace NetGen;

/// <summary>
/// Lowers the learning rate when a result has ceased to improve (Keras's <c>ReduceLROnPlateau</c>), and reports it as <c>learning_rate</c>; with <see cref="NetGen.Trainer.BlockOptimizers"/> each
/// rate that no schedule governs, which are reported with the blocks' names.
/// </summary>
public sealed class ReduceLROnPlateau : Callback
{
    private readonly WatchedResult watched;
    private readonly double factor;
    private readonly int patience;
    private readonly int cooldown;
    private readonly double minLearningRate;
    private double best;
    private int wait;
    private int cooldownLeft;

    /// <summary>Lowers the learning rate when a result has ceased to improve.</summary>
    /// <param name="monitor">The result's name.</param>
    /// <param name="factor">What multiplies the learning rate; above 0 and below 1.</param>
    /// <param name="patience">After how many epochs without improvement.</param>
    /// <param name="mode">Which way the result gets better.</param>
    /// <param name="minDelta">By how much it must improve to count.</param>
    /// <param name="cooldown">How many epochs pass after a reduction before waiting begins again.</param>
    /// <param name="minLearningRate">The learning rate below which it is not lowered.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public ReduceLROnPlateau(
        string monitor = "val_loss",
        double factor = 0.1,
        int patience = 10,
        MonitorMode mode = MonitorMode.Auto,
        double minDelta = 1e-4,
        int cooldown = 0,
        double minLearningRate = 0)
    {
        if (!(factor is > 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(factor), factor, $"factor is {Arguments.Format(factor)}; a number above 0 and below 1 is expected.");
        ArgumentOutOfRangeException.ThrowIfNegative(patience);
        ArgumentOutOfRangeException.ThrowIfNegative(cooldown);
        watched = new WatchedResult(nameof(ReduceLROnPlateau), monitor, mode, minDelta);
        this.factor = factor;
        this.patience = patience;
        this.cooldown = cooldown;
        this.minLearningRate = Arguments.NotNegative(minLearningRate, nameof(minLearningRate));
    }

    internal override bool MayReport(string name) => OptimizerGroup.IsRate(name);

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        watched.Check(this);
        if (Trainer.FreeGroups.First() is { IsRateFree: false } group)
            throw new InvalidOperationException($"{nameof(ReduceLROnPlateau)} cannot lower the learning rate: it follows the schedule {group.State.Optimizer.LearningRate}. Give the optimizer a number, or leave the callback out.");
        best = watched.Worst(Trainer);
        wait = 0;
        cooldownLeft = 0;
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        OptimizerGroup.Report(Trainer.Groups, logs);
        double current = watched.ValueIn(logs);
        if (cooldownLeft > 0)
        {
            cooldownLeft--;
            wait = 0;
        }

        if (watched.IsBetter(current, best, Trainer))
        {
            best = current;
            wait = 0;
            return;
        }

        if (cooldownLeft > 0 || ++wait < patience) return;
        bool isLowered = false;
        foreach (OptimizerGroup group in Trainer.FreeGroups)
        {
            double rate = group.State.LearningRate;
            if (rate <= minLearningRate) continue;
            group.State.LearningRate = Math.Max(rate * factor, minLearningRate);
            isLowered = true;
        }

        if (!isLowered) return;
        cooldownLeft = cooldown;
        wait = 0;
    }

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state)
    {
        CallbackState.Write(state, "best", best);
        CallbackState.Write(state, "wait", wait);
        CallbackState.Write(state, "cooldown", cooldownLeft);
    }

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state)
    {
        best = CallbackState.Read(state, "best") ?? best;
        wait = (int)(CallbackState.Read(state, "wait") ?? 0);
        cooldownLeft = (int)(CallbackState.Read(state, "cooldown") ?? 0);
    }
}
