namespace NetGen;

/// <summary>
/// Sets the learning rate before every epoch (Keras's <c>LearningRateScheduler</c>), and reports it as <c>learning_rate</c>; with <see cref="NetGen.Trainer.BlockOptimizers"/> each rate that no
/// schedule governs, which are reported with the blocks' names.
/// </summary>
public sealed class LearningRateScheduler : Callback
{
    private readonly Func<int, double, double> schedule;

    /// <summary>Sets the learning rate before every epoch.</summary>
    /// <param name="schedule">From the epoch, from 0, and the present rate to the new one: finite, and not negative.</param>
    public LearningRateScheduler(Func<int, double, double> schedule)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        this.schedule = schedule;
    }

    internal override bool MayReport(string name) => OptimizerGroup.IsRate(name);

    /// <inheritdoc/>
    public override void OnEpochBegin(int epoch)
    {
        foreach (OptimizerGroup group in Trainer.FreeGroups) group.State.LearningRate = schedule(epoch, group.State.LearningRate);
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs) => OptimizerGroup.Report(Trainer.Groups, logs);
}
