namespace NetGen.Tests.Training.Callbacks;

public sealed class ReduceLROnPlateauTests
{
    /// <summary>The learning rate after each epoch.</summary>
    private static double[] Rates(ReduceLROnPlateau callback, params double[] losses)
    {
        Trainer<Tiny> trainer = CallbackRun.NewTrainer(1);
        callback.Begin(trainer);
        return [.. losses.Select((loss, epoch) =>
        {
            callback.OnEpochEnd(epoch, new Logs { ["val_loss"] = loss });
            return trainer.LearningRate;
        })];
    }

    [Fact]
    public void It_lowers_the_rate_after_patience_epochs() =>
        Assert.Equal([1, 1, 0.5, 0.5, 0.25, 0.25], Rates(new ReduceLROnPlateau(patience: 2, factor: 0.5), 1, 1, 1, 1, 1, 0.5));

    [Fact]
    public void Small_improvements_do_not_count() =>
        Assert.Equal([1, 1, 0.5], Rates(new ReduceLROnPlateau(patience: 2, factor: 0.5, minDelta: 0.1), 1, 0.95, 0.91));

    [Fact]
    public void It_waits_after_a_reduction() =>
        Assert.Equal([1, 0.5, 0.5, 0.25, 0.25, 0.125], Rates(new ReduceLROnPlateau(patience: 1, factor: 0.5, cooldown: 2), 1, 1, 1, 1, 1, 1));

    [Fact]
    public void It_stops_at_the_least_rate() =>
        Assert.Equal([1, 0.5, 0.4, 0.4], Rates(new ReduceLROnPlateau(patience: 1, factor: 0.5, minLearningRate: 0.4), 1, 1, 1, 1));

    [Fact]
    public void It_reports_the_rate_of_the_epoch()
    {
        Trainer<Tiny> trainer = CallbackRun.NewTrainer(1);
        ReduceLROnPlateau callback = new ReduceLROnPlateau("loss", patience: 0, factor: 0.5).Begin(trainer);
        Logs logs = new() { ["loss"] = double.NaN };
        callback.OnEpochEnd(0, logs);
        Assert.Equal(1, logs["learning_rate"]);
        Assert.Equal(0.5, trainer.LearningRate);
    }

    [Fact]
    public void Arguments_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(factor: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(patience: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ReduceLROnPlateau(minLearningRate: double.NaN));
    }
}
