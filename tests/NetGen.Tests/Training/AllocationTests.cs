namespace NetGen.Tests.Training;

/// <summary>When another thread's allocations cause a garbage collection, the unused rest of this thread's allocation block counts as allocated.</summary>
[Collection(AloneCollection.Name)]
public sealed class AllocationTests
{
    /// <summary>One to warm up, and some of which the least counts.</summary>
    private const int Epochs = 5;

    /// <summary>Between two batches of a warm epoch nothing is allocated: step, loss, metrics, optimizer and reading.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void A_batch_allocates_nothing(bool prefetch, int threads)
    {
        Dataset data = ToyData.Blobs(128 * 24, 37, 5);
        Meter meter = new();
        Trainer<Mixed> trainer = new(new Mixed())
        {
            Optimizer = new Adam { GlobalClipNorm = 1 },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy(), Metric.TopK(2)],
            Callbacks = [meter, new TerminateOnNaN()],
            Threads = threads,
        };
        Dictionary<int, double> classWeights = new() { [1] = 2 };
        trainer.Fit(prefetch ? data.Prefetch() : data, epochs: Epochs, batchSize: 128, classWeights: classWeights);
        Assert.Equal(20, meter.Batches);
        Assert.Equal(0, meter.Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Averages_accumulation_and_several_optimizers_allocate_nothing(int threads)
    {
        Dataset data = ToyData.Blobs(128 * 24, 37, 5);
        Meter meter = new();
        Trainer<Mixed> trainer = new(new Mixed())
        {
            Optimizer = new Adafactor { UseEma = true, EmaOverwriteFrequency = 3, GlobalClipNorm = 1, LossScaleFactor = 2 },
            BlockOptimizers = { ["dense"] = new Muon { GradientAccumulationSteps = 2 }, ["dense_1"] = new Nadam { UseEma = true, GradientAccumulationSteps = 3, ClipNorm = 1 } },
            Loss = Loss.SparseCategoricalCrossentropy(),
            Callbacks = [meter],
            Threads = threads,
        };
        trainer.Fit(data, epochs: Epochs, batchSize: 128);
        Assert.Equal(20, meter.Batches);
        Assert.Equal(0, meter.Bytes);
    }

    /// <summary>Sequences of unequal lengths too, once the longest has been seen: padding, masks, and buckets.</summary>
    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public void A_batch_of_sequences_allocates_nothing(bool buckets, int threads)
    {
        int[][] tokens = [.. Enumerable.Range(0, 8 * 24).Select(i => Enumerable.Range(0, i * 7 % 12).Select(k => (i + k) % 7).ToArray())];
        Dataset data = Dataset.FromTokens(tokens, [.. tokens.Select(text => text.Select(token => token % 3).ToArray())]);
        Meter meter = new();
        Trainer<Tagger> trainer = new(new Tagger(seed: 1))
        {
            Optimizer = new Adam(),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            Callbacks = [meter],
            Threads = threads,
        };
        trainer.Fit(buckets ? data.BucketByLength(4) : data, epochs: Epochs, batchSize: 8);
        Assert.Equal(20, meter.Batches);
        Assert.Equal(0, meter.Bytes);
    }

    [Fact]
    public void Single_batches_of_sequences_allocate_nothing()
    {
        Trainer<Carrying> trainer = new(new Carrying(seed: 1)) { Loss = Loss.MeanSquaredError() };
        float[] x = new float[2 * 5 * 3], y = new float[2 * 5 * 2];
        int[] lengths = [5, 2];
        Assert.Equal(0, Allocations.Of(() => trainer.TrainOnBatch(x, y, lengths: lengths)));
        Assert.Equal(0, Allocations.Of(() => trainer.TestOnBatch(x, y, lengths: lengths)));
    }

    [Fact]
    public void Single_batches_allocate_nothing()
    {
        Trainer<Tiny> trainer = new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy() };
        float[] x = new float[32], y = new float[8];
        Assert.Equal(0, Allocations.Of(() => trainer.TrainOnBatch(x, y)));
        Assert.Equal(0, Allocations.Of(() => trainer.TestOnBatch(x, y)));
    }

    /// <summary>What Predict is documented to allocate: nothing while the weights stay, and for new ones a snapshot, whose managed part is two small objects.</summary>
    [Fact]
    public void Predict_allocates_only_a_snapshot_of_new_weights()
    {
        Tiny model = new(seed: 1);
        Trainer<Tiny> trainer = new(model) { Loss = Loss.SparseCategoricalCrossentropy() };
        float[] x = new float[32], y = new float[8], predictions = new float[24];
        Assert.Equal(0, Allocations.Of(() => model.Predict(x, predictions)));
        long perStep = Allocations.Of(() =>
        {
            trainer.TrainOnBatch(x, y);
            model.Predict(x, predictions);
            model.Predict(x, predictions);
        });
        // The snapshot, its buffer and the scratch memory of making it: three objects, whatever the network.
        Assert.InRange(perStep, 1, 160);
    }

    /// <summary>Counts what the thread allocates from the end of one batch to the end of the next, in the epoch behind the first that has the least: threads that still end may cause collections.</summary>
    private sealed class Meter : Callback
    {
        private long last, bytes;

        public long Bytes { get; private set; } = long.MaxValue;

        public int Batches { get; private set; }

        public override void OnEpochBegin(int epoch) => (bytes, Batches) = (0, 0);

        public override void OnBatchEnd(int batch, Logs logs)
        {
            long now = GC.GetAllocatedBytesForCurrentThread();
            if (batch >= 4)
            {
                bytes += now - last;
                Batches++;
            }

            last = now;
        }

        public override void OnEpochEnd(int epoch, Logs logs)
        {
            if (epoch > 0) Bytes = Math.Min(Bytes, bytes);
        }
    }
}
