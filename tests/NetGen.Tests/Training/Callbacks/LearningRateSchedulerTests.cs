namespace NetGen.Tests.Training.Callbacks;

public sealed class LearningRateSchedulerTests
{
    [Fact]
    public void Every_epoch_has_its_rate()
    {
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Optimizer = new SGD(1),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LearningRateScheduler((epoch, rate) => epoch < 2 ? rate : rate / 2)],
        };
        Assert.Equal([1, 1, 0.5, 0.25], trainer.Fit(ToyData.Blobs(9, 4, 3), epochs: 4)["learning_rate"]);
        Assert.Equal(0.25, trainer.LearningRate);
    }

    [Fact]
    public void An_optimizer_with_a_schedule_refuses_another()
    {
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Optimizer = new SGD(new ExponentialDecay(0.1, 10, 0.5)),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LearningRateScheduler((_, rate) => rate)],
        };
        Assert.Throws<InvalidOperationException>(() => trainer.Fit(ToyData.Blobs(9, 4, 3)));
    }
}
