namespace NetGen.Tests.Training.Callbacks;

public sealed class LambdaCallbackTests
{
    [Fact]
    public void Calls_come_in_Kerass_order()
    {
        List<string> calls = [];
        Trainer<Tiny> trainer = new(new Tiny())
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks =
            [
                new LambdaCallback
                {
                    TrainBegin = () => calls.Add("train"),
                    TrainEnd = () => calls.Add("end"),
                    EpochBegin = epoch => calls.Add($"epoch {epoch}"),
                    EpochEnd = (epoch, logs) => calls.Add($"epoch {epoch} ends with {string.Join(",", logs.Keys)}"),
                    BatchBegin = batch => calls.Add($"batch {batch}"),
                    BatchEnd = (batch, logs) => calls.Add($"batch {batch} ends with {string.Join(",", logs.Keys)}"),
                },
                new LambdaCallback(),
            ],
        };
        trainer.Fit(ToyData.Blobs(20, 4, 3), epochs: 1, batchSize: 8, validationSplit: 0.5);
        Assert.Equal(
            [
                "train", "epoch 0", "batch 0", "batch 0 ends with loss", "batch 1", "batch 1 ends with loss", "epoch 0 ends with loss,val_loss", "end",
            ],
            calls);
    }

    [Fact]
    public void A_callback_can_stop_in_the_middle_of_an_epoch()
    {
        Trainer<Tiny>? trainer = null;
        trainer = new Trainer<Tiny>(new Tiny())
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [new LambdaCallback { BatchEnd = (batch, _) => trainer!.StopTraining = batch == 1 }],
        };
        trainer.Fit(ToyData.Blobs(32, 4, 3), epochs: 3, batchSize: 8);
        Assert.Equal(2, trainer.Iterations);
    }
}
