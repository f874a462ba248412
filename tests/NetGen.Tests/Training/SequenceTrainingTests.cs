using NetGen.Tests.Data;
using static NetGen.Tests.Training.SequenceChecks;

namespace NetGen.Tests.Training;

/// <summary>Training, evaluation and prediction on sequences of unequal lengths: padding changes nothing.</summary>
public sealed class SequenceTrainingTests
{
    private static readonly int[] Lengths = [3, 0, 1, 6, 2, 6, 4, 1, 5, 0, 3];

    private static readonly float[][] Vectors = [.. Lengths.Select((l, i) => Numbers(3 * l, i))];

    private static readonly int[][] Tokens = [.. Lengths.Select((l, i) => Enumerable.Range(0, l).Select(k => ((i * 5) + (k * 3)) % 7).ToArray())];

    private static readonly int[][] Tags = [.. Tokens.Select(text => text.Select(token => token % 3).ToArray())];

    private static Dataset Summaries => Dataset.FromSequences(Vectors, [3], Numbers(2 * Lengths.Length, 99), [2]);

    private static Dataset Tagged => Dataset.FromTokens(Tokens, Tags);

    [Fact]
    public void The_gradient_of_a_padded_batch_is_the_sum_of_those_of_its_samples()
    {
        Sums(seed => new Unequal(seed), Summaries, Loss.MeanSquaredError(LossReduction.Sum));
        Sums(seed => new Tagger(seed), Tagged, Loss.SparseCategoricalCrossentropy(reduction: LossReduction.Sum));
        Sums(seed => new Remembering(seed), Summaries, Loss.MeanSquaredError(LossReduction.Sum));
        Sums(seed => new Attending(seed), Dataset.FromSequences(Vectors, [3], [.. Lengths.Select((l, i) => Numbers(2 * l, i + 70))], [2]), Loss.MeanSquaredError(LossReduction.Sum));
        Sums(seed => new Causal(seed), Dataset.FromSequences([.. Lengths.Select((l, i) => Numbers(2 * l, i))], [2], [.. Lengths.Select((l, i) => Numbers(l, i + 50))], [1]), Loss.MeanSquaredError(LossReduction.Sum));

        static void Sums<T>(Func<ulong, T> create, Dataset data, Loss loss)
            where T : Network<T>, INetwork<T>
        {
            float[] start = Weights(create(3)), batch = Moved(data, data.Count);
            double[] sum = new double[start.Length];
            for (int i = 0; i < data.Count; i++)
            {
                float[] one = Moved(data.Subset(i), 1);
                for (int k = 0; k < sum.Length; k++) sum[k] += one[k] - start[k];
            }

            double largest = sum.Max(Math.Abs);
            Assert.True(largest > 0.01);
            for (int k = 0; k < sum.Length; k++) Assert.Equal(sum[k], batch[k] - start[k], 3e-6 * Math.Max(1, largest));

            float[] Moved(Dataset part, int size)
            {
                T model = create(3);
                new Trainer<T>(model) { Optimizer = new SGD(0.1), Loss = loss }.Fit(part, batchSize: size, shuffle: false);
                return Weights(model);
            }
        }
    }

    /// <summary>A batch of spans is a batch of a data set.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Single_batches_take_lengths(bool hasLengths)
    {
        int steps = Lengths.Max();
        int[] lengths = hasLengths ? Lengths : [.. Lengths.Select(_ => steps)];
        Check<Unequal, float[]>(seed => new Unequal(seed), Loss.MeanSquaredError(), [.. lengths.Select((l, i) => Numbers(3 * l, i))], 3, Numbers(2 * lengths.Length, 99), [2], y => y);
        Check<Attending, float[][]>(seed => new Attending(seed), Loss.MeanSquaredError(), [.. lengths.Select((l, i) => Numbers(3 * l, i))], 3, [.. lengths.Select((l, i) => Numbers(2 * l, i + 70))], [2], y => Padded(y, 2));
        Check<Tagger, float[][]>(
            seed => new Tagger(seed),
            Loss.SparseCategoricalCrossentropy(),
            [.. lengths.Select((l, i) => Enumerable.Range(0, l).Select(k => (float)(((i * 5) + (k * 3)) % 7)).ToArray())],
            1,
            [.. lengths.Select((l, i) => Enumerable.Range(0, l).Select(k => (float)((i + k) % 3)).ToArray())],
            [],
            y => Padded(y, 1));

        void Check<T, TY>(Func<ulong, T> create, Loss loss, float[][] x, int size, TY y, int[] shape, Func<TY, float[]> flat)
            where T : Network<T>, INetwork<T>
        {
            int[] step = size == 1 && shape.Length == 0 ? [] : [size];
            Dataset data = y is float[] one ? Dataset.FromSequences(x, step, one, shape) : Dataset.FromSequences(x, step, (float[][])(object)y!, shape);
            T fitted = create(3), single = create(3);
            Trainer<T> trainer = new(fitted) { Optimizer = new SGD(0.1), Loss = loss }, other = new(single) { Optimizer = new SGD(0.1), Loss = loss };
            double expected = trainer.Evaluate(data, data.Count)["loss"];
            Assert.Equal(expected, TestOnBatch(), 1e-6);
            double trained = trainer.Fit(data, batchSize: data.Count, shuffle: false)["loss"][0];
            Assert.Equal(trained, hasLengths ? other.TrainOnBatch(Padded(x, size), flat(y), lengths: lengths) : other.TrainOnBatch(Padded(x, size), flat(y), samples: lengths.Length), 1e-6);
            Assert.Equal(Weights(fitted), Weights(single));
            Assert.Equal(trainer.Evaluate(data, data.Count)["loss"], TestOnBatch(), 1e-6);

            double TestOnBatch() => hasLengths ? other.TestOnBatch(Padded(x, size), flat(y), lengths: lengths) : other.TestOnBatch(Padded(x, size), flat(y), samples: lengths.Length);
        }

        float[] Padded(float[][] rows, int size) => [.. rows.SelectMany(r => r.Concat(new float[(steps * size) - r.Length]))];
    }

    [Fact]
    public void Single_batches_whose_lengths_cannot_be_are_refused()
    {
        Trainer<Unequal> trainer = new(new Unequal(seed: 4)) { Loss = Loss.MeanSquaredError() };
        float[] before = Weights(trainer.Model), x = new float[2 * 4 * 3], y = new float[2 * 2];
        foreach (int bad in new[] { 5, -1 })
        {
            string[] parts = [$"sample 1 of the batch in the input 'input' has the length {bad}", "between 0 and its time, 4"];
            Refuses(() => trainer.TrainOnBatch(x, y, lengths: [1, bad]), parts);
            Refuses(() => trainer.TestOnBatch(x, y, lengths: [1, bad]), parts);
        }

        Refuses(() => trainer.TrainOnBatch(x, y), "Unequal has a time", "give their lengths, or samples");
        Refuses(() => trainer.TrainOnBatch(x, y, lengths: [1, 2], samples: 3), "2 lengths for 3 samples");
        Refuses(() => trainer.TrainOnBatch(x, y, samples: 5), "24 values", "multiple of 15");
        Refuses(() => trainer.TrainOnBatch([], y, samples: 2), "0 values");
        Refuses(() => trainer.TrainOnBatch(x, new float[3], samples: 2), "y has 3 values");
        Refuses(() => trainer.TrainOnBatch(x, y, samples: -1), "samples");
        Refuses(() => new Trainer<Convolved>(new Convolved()) { Loss = Loss.MeanSquaredError() }.TrainOnBatch(x, new float[2], lengths: [1, 4]), "no layer of Convolved heeds the lengths");
        Refuses(() => new Trainer<Tiny>(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy() }.TrainOnBatch(new float[4], [1], lengths: [4]), "Tiny has no time");
        Assert.Equal(before, Weights(trainer.Model));
        Assert.Equal(0, trainer.Iterations);
        trainer.TrainOnBatch(x, y, lengths: [1, 0]);
        Assert.Equal(1, trainer.Iterations);
    }

    [Fact]
    public void Evaluation_does_not_hang_on_padding()
    {
        Trainer<Tagger> trainer = new(new Tagger(seed: 5)) { Loss = Loss.SparseCategoricalCrossentropy(reduction: LossReduction.Sum), Metrics = [Metric.Accuracy()] };
        double[] totals = [.. new[] { 1, 2, 4, 11 }.Select(size => trainer.Evaluate(Tagged, size)["loss"])];
        double sum = Enumerable.Range(0, Tagged.Count).Sum(i => trainer.Evaluate(Tagged.Subset(i), 1)["loss"]);
        Assert.Equal(sum, trainer.Evaluate(Tagged, 11)["loss"], 1e-4);
        Trainer<Unequal> summary = new(new Unequal(seed: 5)) { Loss = Loss.MeanSquaredError() };
        double alone = summary.Evaluate(Summaries, 1)["loss"];
        foreach (int size in new[] { 2, 4, 11 }) Assert.Equal(alone, summary.Evaluate(Summaries, size)["loss"], 1e-6);
        Assert.Equal(alone, summary.Evaluate(Summaries.Prefetch(), 3)["loss"], 1e-6);
        Assert.True(totals.Distinct().Count() > 1, "A sum over a batch grows with it.");
    }

    /// <summary>Steps behind the end count neither above nor below the line: Keras's sum_over_batch_size divides by those that count.</summary>
    [Fact]
    public void Losses_and_metrics_are_means_over_the_steps_that_count()
    {
        Trainer<Tagger> trainer = new(new Tagger(seed: 5)) { Loss = Loss.SparseCategoricalCrossentropy(), Metrics = [Metric.Accuracy(), Metric.SparseCategoricalCrossentropy()] };
        Tagger model = trainer.Model;
        double loss = 0, right = 0;
        for (int i = 0; i < Lengths.Length; i++)
        {
            if (Lengths[i] == 0) continue;
            float[] p = new float[3 * Lengths[i]];
            model.Predict([.. Tokens[i].Select(t => (float)t)], p, samples: 1);
            for (int k = 0; k < Lengths[i]; k++)
            {
                ReadOnlySpan<float> row = p.AsSpan(3 * k, 3);
                loss -= Math.Log(row[Tags[i][k]]);
                right += row.IndexOf(row.ToArray().Max()) == Tags[i][k] ? 1 : 0;
            }
        }

        Logs logs = trainer.Evaluate(Tagged, 11);
        int steps = Lengths.Sum();
        Assert.Equal(loss / steps, logs["loss"], 1e-6);
        Assert.Equal(loss / steps, logs["sparse_categorical_crossentropy"], 1e-6);
        Assert.Equal(right / steps, logs["accuracy"], 1e-6);
        History history = trainer.Fit(Tagged, batchSize: 11, shuffle: false);
        Assert.Equal(loss / steps, history["loss"][0], 1e-6);
        Assert.Equal(right / steps, history["accuracy"][0], 1e-6);
    }

    [Fact]
    public void Predictions_do_not_hang_on_padding()
    {
        Unequal model = new(seed: 4);
        Trainer<Unequal> trainer = new(model) { Loss = Loss.MeanSquaredError() };
        float[] all = trainer.Predict(Summaries, 11);
        for (int i = 0; i < Lengths.Length; i++)
        {
            float[] alone = trainer.Predict(Summaries.Subset(i));
            for (int k = 0; k < 2; k++) Assert.Equal(alone[k], all[(2 * i) + k], 1e-6f);
        }

        Trainer<Tagger> tagger = new(new Tagger(seed: 4)) { Loss = Loss.SparseCategoricalCrossentropy() };
        float[] padded = tagger.Predict(Tagged, 3);
        Assert.Equal(3 * 6 * Lengths.Length, padded.Length);
        for (int i = 0; i < Lengths.Length; i++)
        {
            float[] alone = tagger.Predict(Tagged.Subset(i));
            for (int k = 0; k < 18; k++) Assert.Equal(k < 3 * Lengths[i] ? alone[k] : 0, padded[(18 * i) + k], 1e-6f);
        }
    }

    [Fact]
    public void Two_inputs_have_lengths_of_their_own()
    {
        int[] sources = [4, 1, 0, 3], targets = [2, 3, 1, 0];
        Dataset data = new(
            [TensorColumn.FromSequences("source", [.. sources.Select((l, i) => Numbers(3 * l, i))], 3), TensorColumn.FromSequences("target", [.. targets.Select((l, i) => Numbers(2 * l, i + 9))], 2)],
            [TensorColumn.FromSequences("dense", [.. targets.Select((l, i) => Numbers(2 * l, i + 20))], 2)]);
        Trainer<UnequalPair> trainer = new(new UnequalPair(seed: 2)) { Loss = Loss.MeanSquaredError(LossReduction.Sum), Optimizer = new Adam(0.01) };
        double alone = Enumerable.Range(0, 4).Sum(i => trainer.Evaluate(data.Subset(i))["loss"]);
        Assert.Equal(alone, trainer.Evaluate(data)["loss"], 1e-5);
        History history = trainer.Fit(data, epochs: 60);
        Assert.True(history["loss"][^1] < 0.7 * history["loss"][0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void It_learns_and_the_bits_do_not_hang_on_threads_or_interruption(bool buckets)
    {
        using TemporaryFolder folder = new();
        Dataset data = buckets ? Tagged.BucketByLength(2) : Tagged;
        Trainer<Tagger> NewTrainer(int threads) => new(new Tagger(seed: 5))
        {
            Optimizer = new Adam(0.03),
            Loss = Loss.SparseCategoricalCrossentropy(),
            Metrics = [Metric.Accuracy()],
            Threads = threads,
            Seed = 3,
        };
        Trainer<Tagger> one = NewTrainer(1), two = NewTrainer(2), resumed = NewTrainer(1);
        History history = one.Fit(data, epochs: 40, batchSize: 4);
        two.Fit(data, epochs: 15, batchSize: 4);
        two.SaveCheckpoint(folder["c"]);
        resumed.LoadCheckpoint(folder["c"]);
        resumed.Fit(data, epochs: 40, batchSize: 4);
        Assert.Equal(Weights(one.Model), Weights(resumed.Model));
        Assert.True(history["accuracy"][^1] > 0.95, $"{history["accuracy"][^1]}");
    }

    [Fact]
    public void Statistics_are_those_of_the_steps_that_count()
    {
        Dataset data = Dataset.FromSequences([[1, 10], [], [2, 20, 3, 30, 6, 60]], [2], [0f, 1, 2]);
        Averaged model = new(seed: 1);
        model["norm"].Adapt(data);
        Assert.Equal([3, 30], model.GetWeights("norm/mean"));
        Assert.Equal([3.5f, 350], model.GetWeights("norm/variance"));
        Trainer<Averaged> trainer = new(model) { Loss = Loss.MeanSquaredError(), Optimizer = new Adam(0.01) };
        History history = trainer.Fit(data, epochs: 50);
        Assert.All(history["loss"], loss => Assert.True(double.IsFinite(loss)));
        Assert.True(history["loss"][^1] < history["loss"][0]);
    }

    [Fact]
    public void A_token_outside_the_vocabulary_is_told_by_its_place_and_nothing_is_updated()
    {
        foreach (int bad in new[] { 7, -1 })
        {
            int[][] tokens = [.. Tokens.Select(text => text.ToArray())];
            tokens[5][4] = bad;
            Dataset data = Dataset.FromTokens(tokens, Tags);
            foreach (int threads in new[] { 1, 2 })
            {
                Trainer<Tagger> trainer = new(new Tagger(seed: 5)) { Loss = Loss.SparseCategoricalCrossentropy(), Threads = threads };
                float[] before = Weights(trainer.Model);
                string[] parts = [$"Tagger: the input 'tokens' holds the token {bad} in sample 5 of the data set, step 4", "0 to 6"];
                Refuses(() => trainer.Fit(data, batchSize: 11), parts);
                Refuses(() => trainer.Fit(data.BucketByLength(2).Prefetch(), batchSize: 11), parts);
                Refuses(() => trainer.Evaluate(data, 4), parts);
                Refuses(() => trainer.Predict(data, 4), parts);
                Assert.Equal(before, Weights(trainer.Model));
                Assert.Equal(0, trainer.Iterations);
                trainer.Fit(Tagged);
                Assert.Equal(1, trainer.Iterations);
            }
        }
    }

    /// <summary>In a call of the network itself too, on any number of threads; a fraction is no token.</summary>
    [Theory]
    [InlineData(7)]
    [InlineData(-1)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void A_token_outside_the_vocabulary_is_told_by_its_place_in_a_call(float bad)
    {
        Tagger model = new(seed: 5);
        float[] x = [.. Enumerable.Range(0, 24).Select(i => i % 7f)], y = new float[72];
        x[17] = bad;
        string place = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Tagger: the input 'tokens' holds the token {bad} in sample 2, step 5; whole numbers from 0 to 6 are expected.");
        foreach (int threads in new[] { 1, 2 }) Assert.Contains(place, Assert.Throws<ArgumentOutOfRangeException>(() => model.Predict(x, y, samples: 4, threads: threads)).Message, StringComparison.Ordinal);
        Trainer<Tagger> trainer = new(model) { Loss = Loss.SparseCategoricalCrossentropy() };
        Refuses(() => trainer.TrainOnBatch(x, new float[24], samples: 4), $"the token {bad.ToString(System.Globalization.CultureInfo.InvariantCulture)} in sample 2 of the batch, step 5");
        Assert.Equal(0, trainer.Iterations);
        x[17] = 0;
        model.Predict(x, y, samples: 4);
    }

    [Fact]
    public void Lengths_that_cannot_be_are_told_by_their_sample()
    {
        foreach (int bad in new[] { 4, -1 })
        {
            bool read = false;
            FakeSource source = new()
            {
                Inputs = [new TensorInfo("input", [5, 3], isSequence: true)],
                Targets = [new TensorInfo("dense", [2])],
                Fill = batch =>
                {
                    batch.SetInputSteps(0, 3);
                    ((ReadOnlySpan<int>)[1, bad]).CopyTo(batch.InputLengthBuffer(0));
                    batch.Count = 2;
                    return read = !read;
                },
            };
            Trainer<Unequal> trainer = new(new Unequal(seed: 4)) { Loss = Loss.MeanSquaredError() };
            string[] parts = [$"sample 1 of the batch in the input 'input' has the length {bad}", "between 0 and its time, 3"];
            Refuses(() => trainer.Fit(source), parts);
            read = false;
            Refuses(() => trainer.Evaluate(source), parts);
            Assert.Equal(0, trainer.Iterations);
        }
    }

    [Fact]
    public void An_empty_batch_is_told()
    {
        FakeSource source = new()
        {
            Inputs = [new TensorInfo("input", [5, 3], isSequence: true)],
            Targets = [new TensorInfo("dense", [2])],
            Fill = batch =>
            {
                batch.Count = 0;
                return true;
            },
        };
        Trainer<Unequal> trainer = new(new Unequal(seed: 4)) { Loss = Loss.MeanSquaredError() };
        foreach (Action call in new Action[] { () => trainer.Fit(source), () => trainer.Evaluate(source), () => trainer.Predict(source) }) Refuses(call, "an empty batch");
        Assert.Equal(0, trainer.Iterations);
    }

    [Fact]
    public void What_does_not_fit_is_told()
    {
        float[][] x = [[1, 2], [1, 2, 3, 4, 5, 6]];
        Trainer<Convolved> convolved = new(new Convolved()) { Loss = Loss.MeanSquaredError() };
        Refuses(() => convolved.Fit(Dataset.FromSequences(x, [2], [1f, 2])), "no layer of Convolved heeds the lengths of 'input'", "pad them to one length");
        Trainer<Tiny> tiny = new(new Tiny()) { Loss = Loss.SparseCategoricalCrossentropy() };
        Refuses(() => tiny.Fit(Dataset.FromSequences([[1f], [1, 2, 3, 4]], [], [1, 2])), "sequences of unequal lengths", "(4,) always");
        Trainer<Shortened> shortened = new(new Shortened()) { Loss = Loss.MeanSquaredError() };
        Refuses(() => shortened.Fit(Dataset.FromSequences(x, [2], new float[][] { [1], [1, 2, 3] }, [1]), batchSize: 1, shuffle: false), "'input' has 1 time steps", "at least 3");
        Refuses(() => shortened.Fit(Dataset.FromSequences(x, [2], new float[][] { [1], [1, 2, 3] }, [1])), "the targets are (3, 1)", "(1, 1)");
        Trainer<Tagger> tagger = new(new Tagger()) { Loss = Loss.SparseCategoricalCrossentropy() };
        Refuses(() => tagger.Fit(Tagged, classWeights: new Dictionary<int, double> { [0] = 2 }), "one class a sample", "each step");
        Refuses(() => tagger.Fit(Dataset.FromTokens(Tokens, [.. Tags.Select(t => t.Select(_ => 3).ToArray())])), "is 3; expected a whole number from 0 to 2");
    }

    [Fact]
    public void Inputs_of_one_time_have_the_same_lengths()
    {
        static Dataset Of(params int[] b) => new(
            [TensorColumn.FromSequences("a", new float[][] { [1, 2], [1, 2, 3, 4] }, 2), TensorColumn.FromSequences("b", [.. b.Select(l => Numbers(l, 1))], 1)],
            [TensorColumn.FromFloats("add", [1, 2, 3, 4], 2)]);
        Trainer<Twins> trainer = new(new Twins(seed: 1)) { Loss = Loss.MeanSquaredError() };
        Refuses(() => trainer.Fit(Of(2, 2)), "sample 0 of the data set", "has the length 2, and 1 in another input that shares its time");
        Refuses(() => trainer.Evaluate(Of(2, 1), 1), "'b' has 2 time steps in a batch, and another input that shares its time 1");
        Refuses(() => trainer.Evaluate(Of(1, 3)), "'b' of the data set has the shape (3, 1)");
        trainer.Fit(Of(1, 2));
        Assert.Equal(1, trainer.Iterations);
    }

    private static float[] Numbers(int count, int stream) => SequenceChecks.Numbers(count, seed: 12, stream);
}
