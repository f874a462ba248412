namespace NetGen.Tests.Training.Callbacks;

public sealed class TerminateOnNaNTests
{
    [Fact]
    public void A_diverging_run_ends_at_its_batch()
    {
        TerminateOnNaN callback = new();
        Trainer<Line> trainer = new(new Line(seed: 1)) { Optimizer = new SGD(1e18), Loss = Loss.MeanSquaredError(), Callbacks = [callback] };
        History history = trainer.Fit(ToyData.Linear(100), epochs: 5, batchSize: 4);
        Assert.NotNull(callback.StoppedBatch);
        Assert.Equal(trainer.Iterations, callback.StoppedBatch!.Value + 1);
        Assert.Equal([0], history.Epochs);
        Assert.False(double.IsFinite(history["loss"][0]));
    }

    [Fact]
    public void Finite_losses_go_on()
    {
        TerminateOnNaN callback = new TerminateOnNaN().Begin(CallbackRun.NewTrainer());
        callback.OnBatchEnd(0, new Logs { ["loss"] = 1e30 });
        Assert.False(callback.Trainer.StopTraining);
        callback.OnBatchEnd(1, new Logs { ["loss"] = double.PositiveInfinity });
        Assert.True(callback.Trainer.StopTraining);
        Assert.Equal(1, callback.StoppedBatch);
    }
}
