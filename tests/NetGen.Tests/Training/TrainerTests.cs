namespace NetGen.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void A_small_classifier_learns_a_toy_task()
    {
        Dataset data = ToyData.Blobs(300, inputs: 4, classes: 3);
        Tiny model = new(seed: 1);
        Trainer<Tiny> trainer = new(model) { Optimizer = new Adam(0.02), Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy()] };
        History history = trainer.Fit(data, epochs: 15, batchSize: 32, validationSplit: 0.2);
        Assert.Equal(["loss", "accuracy", "val_loss", "val_accuracy"], history.Names);
        Assert.Equal(15, history["loss"].Count);
        Assert.InRange(history["val_accuracy"][^1], 0.95, 1);
        Assert.True(history["loss"][^1] < 0.3 * history["loss"][0]);
    }
}
