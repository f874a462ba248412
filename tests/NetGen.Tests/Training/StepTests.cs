using CsCheck;

namespace NetGen.Tests.Training;

public sealed class StepTests
{
    /// <summary>
    /// Losses and all weights over ten steps, against the same training in double. Adam divides by the root of the squared gradient, so that in its first steps a weight whose gradient is rounding
    /// noise moves by a good part of the learning rate; hence the few elements that may be further off than float accuracy.
    /// </summary>
    [Theory]
    [InlineData(64)]
    [InlineData(33)]
    [InlineData(7)]
    public void Ten_steps_are_those_of_a_program_in_double(int batch)
    {
        Deep model = new(seed: 3);
        ReferenceTraining reference = new(model);
        Trainer<Deep> trainer = new(model) { Optimizer = new Adam(0.01) { GlobalClipNorm = 0.5 }, Loss = Loss.SparseCategoricalCrossentropy() };
        Random random = new(5);
        for (int step = 0; step < 10; step++)
        {
            float[] x = [.. Enumerable.Range(0, batch * Deep.InputSize).Select(_ => (float)(random.NextDouble() * 2) - 1)];
            float[] y = [.. Enumerable.Range(0, batch).Select(_ => (float)random.Next(Deep.OutputSize))];
            float[] sampleWeights = [.. Enumerable.Range(0, batch).Select(_ => (float)random.NextDouble() * 2)];
            double expected = reference.Step(x, y, sampleWeights, 0.01, 0.5);
            double loss = trainer.TrainOnBatch(x, y, sampleWeights);
            Assert.Equal(expected, loss, 1e-5 * Math.Abs(expected));
        }

        foreach (ParameterInfo parameter in model.Parameters)
        {
            float[] weights = model.GetWeights(parameter.Name);
            double[] wanted = reference[parameter.Name];
            double[] errors = [.. weights.Zip(wanted, (a, b) => Math.Abs(a - b)).Order()];
            Assert.True(errors[errors.Length * 9 / 10] < 2e-6, $"{parameter.Name}: 90 % of the errors are below {errors[errors.Length * 9 / 10]}");
            Assert.True(errors[^1] < 2e-4, $"{parameter.Name}: the largest error is {errors[^1]}");
        }
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_with_one_and_with_two_threads()
    {
        float[] Train(int threads)
        {
            Mixed model = new(seed: 11);
            Trainer<Mixed> trainer = new(model)
            {
                Optimizer = new AdamW(0.003) { ClipNorm = 1 },
                Loss = Loss.SparseCategoricalCrossentropy(),
                Metrics = [Metric.Accuracy()],
                Seed = 4,
                Threads = threads,
            };
            trainer.Fit(ToyData.Blobs(700, 37, 5), epochs: 2, batchSize: 128, validationSplit: 0.1);
            return [.. model.Parameters.SelectMany(p => model.GetWeights(p.Name))];
        }

        float[] alone = Train(1);
        Assert.DoesNotContain(alone, float.IsNaN);
        Assert.Equal(alone.Select(BitConverter.SingleToInt32Bits), Train(1).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal(alone.Select(BitConverter.SingleToInt32Bits), Train(2).Select(BitConverter.SingleToInt32Bits));
    }

    [Fact]
    public void Pad_lanes_stay_zero()
    {
        Mixed model = new(seed: 2);
        Trainer<Mixed> trainer = new(model) { Optimizer = new AdamW(0.01), Loss = Loss.SparseCategoricalCrossentropy() };
        trainer.Fit(ToyData.Blobs(100, 37, 5), epochs: 2);
        Dictionary<string, float[]> values = model.Parameters.ToDictionary(p => p.Name, p => model.GetWeights(p.Name));
        float[] flat = model.Weights.Slice(0, model.Definition.WeightsLength).ToArray();
        foreach (ParameterInfo parameter in model.Parameters) model.SetWeights(parameter.Name, values[parameter.Name]);
        Assert.Equal(model.Weights.Slice(0, model.Definition.WeightsLength).ToArray(), flat);
    }

    [Fact]
    public void A_batch_gives_the_bits_of_the_same_batch_in_a_data_set()
    {
        Dataset data = ToyData.Blobs(20, 4, 3);
        Tiny fitted = new(seed: 1), stepped = new(seed: 1);
        new Trainer<Tiny>(fitted) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(data, batchSize: 20, shuffle: false);
        float[] x = new float[80], y = new float[20];
        for (int i = 0; i < 20; i++)
        {
            data.ReadInput(i, x.AsSpan(4 * i, 4));
            data.ReadTarget(i, y.AsSpan(i, 1));
        }

        new Trainer<Tiny>(stepped) { Loss = Loss.SparseCategoricalCrossentropy() }.TrainOnBatch(x, y);
        foreach (ParameterInfo parameter in fitted.Parameters) Assert.Equal(fitted.GetWeights(parameter.Name), stepped.GetWeights(parameter.Name));
    }

    /// <summary>A loss that fuses with the last activation gives the step of the same loss on probabilities, where those are not clipped.</summary>
    [Fact]
    public void Fused_and_separate_gradients_agree() => Gen.Int[1, 40].Sample(batch =>
    {
        Tiny fused = new(seed: 9), separate = new(seed: 9);
        Random random = new(batch);
        float[] x = [.. Enumerable.Range(0, batch * 4).Select(_ => (float)random.NextDouble())];
        float[] y = [.. Enumerable.Range(0, batch).Select(_ => (float)random.Next(3))];
        double first = new Trainer<Tiny>(fused) { Optimizer = new SGD(0.1), Loss = Loss.SparseCategoricalCrossentropy() }.TrainOnBatch(x, y);
        double second = new Trainer<Tiny>(separate) { Optimizer = new SGD(0.1), Loss = new Unfused() }.TrainOnBatch(x, y);
        Assert.Equal(first, second, 1e-5);
        foreach (ParameterInfo parameter in fused.Parameters)
        {
            float[] a = fused.GetWeights(parameter.Name), b = separate.GetWeights(parameter.Name);
            for (int i = 0; i < a.Length; i++) Assert.Equal(a[i], b[i], 2e-6f);
        }
    }, iter: 20);

    private sealed class Unfused() : Loss("unfused", LossReduction.SumOverBatchSize)
    {
        private readonly Loss inner = SparseCategoricalCrossentropy();

        protected internal override double Rows(in LossInput input, int first, int count, float scale, Span<float> gradient) =>
            inner.Rows(input, first, count, scale, gradient);
    }
}
