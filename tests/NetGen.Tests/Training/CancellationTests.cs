namespace NetGen.Tests.Training;

public sealed class CancellationTests
{
    [Fact]
    public void The_network_stands_at_its_last_whole_step()
    {
        Dataset data = ToyData.Blobs(64, 4, 3);
        using CancellationTokenSource source = new();
        List<string> calls = [];
        float[] atCancel = [];
        Tiny model = new(seed: 1);
        int batches = 0;
        Trainer<Tiny> trainer = new(model)
        {
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks =
            [
                new LambdaCallback
                {
                    BatchEnd = (_, _) =>
                    {
                        if (++batches != 11) return;
                        source.Cancel();
                        atCancel = model.GetWeights("dense/kernel");
                    },
                },
                new Recorder(calls),
            ],
        };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(data, epochs: 4, batchSize: 8, cancellationToken: source.Token));
        Assert.Equal(atCancel, model.GetWeights("dense/kernel"));
        Assert.Equal(11, trainer.Iterations);
        Assert.Equal(1, trainer.Epoch);
        Assert.Equal([0], trainer.History.Epochs);
        Assert.Equal(["begin", "interrupted"], calls);

        // The same eleven steps without a cancellation.
        Tiny other = new(seed: 1);
        int steps = 0;
        Trainer<Tiny> stopped = new(other) { Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [new LambdaCallback { BatchEnd = (_, _) => steps++ }] };
        stopped.Fit(data, epochs: 1, batchSize: 8);
        Assert.Equal(8, steps);
        trainer.Fit(data, epochs: 1);
    }

    [Fact]
    public void A_cancelled_token_trains_nothing()
    {
        Tiny model = new(seed: 1);
        float[] before = model.GetWeights("dense/kernel");
        Trainer<Tiny> trainer = new(model) { Loss = Loss.SparseCategoricalCrossentropy() };
        Assert.Throws<OperationCanceledException>(() => trainer.Fit(ToyData.Blobs(9, 4, 3), cancellationToken: new CancellationToken(true)));
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(ToyData.Blobs(9, 4, 3), cancellationToken: new CancellationToken(true)));
        Assert.Equal(before, model.GetWeights("dense/kernel"));
    }

    private sealed class Recorder(List<string> calls) : Callback
    {
        public override void OnTrainBegin() => calls.Add("begin");

        public override void OnTrainEnd() => calls.Add("end");

        public override void OnTrainInterrupted() => calls.Add("interrupted");
    }
}
