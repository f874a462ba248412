namespace NetGen.Tests.Training.Callbacks;

public sealed class EarlyStoppingTests
{
    private static int Epochs(EarlyStopping callback, string name, params double[] values) => callback.Begin(CallbackRun.NewTrainer(0.1, Metric.Accuracy())).Feed(name, values);

    [Fact]
    public void It_stops_after_patience_epochs_without_improvement()
    {
        Assert.Equal(4, Epochs(new EarlyStopping(patience: 2), "val_loss", 1, 0.9, 0.95, 0.9, 0.1));
        Assert.Equal(3, Epochs(new EarlyStopping(), "val_loss", 1, 0.9, 0.95, 0.8));
        Assert.Equal(5, Epochs(new EarlyStopping(patience: 2), "val_loss", 1, 1.1, 0.9, 1, 1));
        Assert.Equal(3, Epochs(new EarlyStopping(minDelta: 0.5, patience: 2), "val_loss", 1, 0.9, 0.8, 0.7));
        Assert.Equal(3, Epochs(new EarlyStopping(minDelta: -0.5, patience: 2), "val_loss", 1, 0.9, 0.8, 0.7));
    }

    [Fact]
    public void The_direction_is_the_metrics_own()
    {
        Assert.Equal(3, Epochs(new EarlyStopping("val_accuracy"), "val_accuracy", 0.5, 0.6, 0.55, 0.7));
        Assert.Equal(2, Epochs(new EarlyStopping("val_accuracy", mode: MonitorMode.Min), "val_accuracy", 0.5, 0.6, 0.55, 0.7));
        Assert.Equal(3, Epochs(new EarlyStopping("mine", mode: MonitorMode.Max), "mine", 1, 2, 1, 3));
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => Epochs(new EarlyStopping("mine"), "mine", 1, 2));
        Assert.Contains("'mine'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_baseline_must_be_beaten_too()
    {
        Assert.Equal(3, Epochs(new EarlyStopping(baseline: 0.5, patience: 2), "val_loss", 1, 0.9, 0.9, 0.1));
        Assert.Equal(6, Epochs(new EarlyStopping(baseline: 0.5, patience: 2), "val_loss", 1, 0.4, 0.3, 0.3, 0.2, 0.1));
    }

    [Fact]
    public void Early_epochs_may_be_left_out() => Assert.Equal(6, Epochs(new EarlyStopping(patience: 1, startFromEpoch: 3), "val_loss", 1, 2, 3, 4, 3, 4, 1));

    [Fact]
    public void NaN_is_no_improvement() => Assert.Equal(3, Epochs(new EarlyStopping(patience: 2), "val_loss", 1, double.NaN, double.NaN, 0));

    [Fact]
    public void The_best_weights_come_back()
    {
        Trainer<Tiny> trainer = CallbackRun.NewTrainer();
        EarlyStopping callback = new EarlyStopping(patience: 2, restoreBestWeights: true).Begin(trainer);
        double[] losses = [3, 1, 2, 2];
        for (int epoch = 0; epoch < losses.Length; epoch++)
        {
            trainer.Model.SetWeights("dense/bias", [.. Enumerable.Repeat((float)epoch, 8)]);
            callback.OnEpochEnd(epoch, new Logs { ["val_loss"] = losses[epoch] });
        }

        Assert.True(trainer.StopTraining);
        Assert.Equal(3, callback.StoppedEpoch);
        Assert.Equal(1, callback.BestEpoch);
        Assert.Equal(3, trainer.Model.GetWeights("dense/bias")[0]);
        callback.OnTrainEnd();
        Assert.Equal(1, trainer.Model.GetWeights("dense/bias")[0]);
    }

    [Fact]
    public void It_ends_a_real_run()
    {
        EarlyStopping callback = new("loss", minDelta: 100, patience: 3);
        Trainer<Tiny> trainer = new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [callback] };
        Assert.Equal(4, trainer.Fit(ToyData.Blobs(30, 4, 3), epochs: 50).Epochs.Count);
        Assert.Equal(3, callback.StoppedEpoch);
    }

    [Fact]
    public void A_result_that_is_not_reported_is_named()
    {
        Trainer<Tiny> trainer = new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [new EarlyStopping()] };
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => trainer.Fit(ToyData.Blobs(30, 4, 3)));
        Assert.Contains("'val_loss'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("validation set", exception.Message, StringComparison.Ordinal);
    }
}
