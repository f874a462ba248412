namespace NetGen.Tests.Training.Callbacks;

public sealed class SwapEMAWeightsTests
{
    private static readonly Dataset Data = ToyData.Blobs(96, 4, 3), Validation = ToyData.Blobs(40, 4, 3, seed: 8);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Validation_is_with_the_averages_and_training_goes_on_with_the_weights(bool swapOnEpoch)
    {
        using TemporaryFolder folder = new();
        Tiny plain = new(seed: 1), model = new(seed: 1), averaged = new();
        Trainer<Tiny> without = Create(plain), with = Create(model, new SwapEMAWeights(swapOnEpoch), new ModelCheckpoint(folder["{epoch}"], saveWeightsOnly: true));
        History trained = without.Fit(Data, epochs: 3, batchSize: 16, validation: Validation), history = with.Fit(Data, epochs: 3, batchSize: 16, validation: Validation);
        Assert.Equal(trained["loss"], history["loss"]);
        Assert.NotEqual(trained["val_loss"], history["val_loss"]);

        // The weights of an epoch's end are in the file, or their averages where they are swapped there.
        Assert.Equal(Features.Bits(plain), Features.Bits(model));
        averaged.LoadWeights(folder["2"]);
        double loss = Create(averaged).Evaluate(Validation)["loss"];
        Assert.Equal(swapOnEpoch, loss == history["val_loss"][1]);
        Assert.Equal(!swapOnEpoch, loss == trained["val_loss"][1]);
    }

    /// <summary>Keras leaves the averages of the last planned epoch only; here they are left wherever the end is.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_run_that_is_stopped_ends_with_the_averages(bool swapOnEpoch)
    {
        Tiny plain = new(seed: 1), model = new(seed: 1);
        Create(plain).Fit(Data, epochs: 2, batchSize: 16);
        Trainer<Tiny> trainer = null!;
        trainer = Create(model, new SwapEMAWeights(swapOnEpoch), new LambdaCallback { EpochEnd = (epoch, _) => trainer.StopTraining = epoch == 1 });
        trainer.Fit(Data, epochs: 9, batchSize: 16);
        Assert.Equal(Features.Bits(plain), Features.Bits(model));
    }

    [Fact]
    public void Evaluations_and_predictions_of_the_trainer_swap_too()
    {
        Tiny model = new(seed: 1), averages = new();
        Trainer<Tiny> trainer = Create(model, new SwapEMAWeights());
        float[] x = new float[32], y = new float[8];
        for (int step = 0; step < 5; step++) trainer.TrainOnBatch([.. x.Select((_, i) => MathF.Sin(i + step))], y);
        int[] before = Features.Bits(model);
        foreach (ParameterInfo part in model.Parameters)
        {
            float[] values = new float[part.Count];
            part.Unpack(trainer.Groups[0].State.Slots[^1].Values, values);
            averages.SetWeights(part.Name, values);
        }

        Trainer<Tiny> reference = Create(averages);
        Assert.Equal(reference.Predict(Validation), trainer.Predict(Validation));
        Assert.Equal(reference.Evaluate(Validation)["loss"], trainer.Evaluate(Validation)["loss"]);
        Assert.Equal(before, Features.Bits(model));

        // Also where the evaluation fails.
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => trainer.Evaluate(Validation, cancellationToken: source.Token));
        Assert.Equal(before, Features.Bits(model));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("2")]
    [InlineData("2-3")]
    public void A_checkpoint_with_the_averages_in_the_weights_place_goes_on(string file)
    {
        using TemporaryFolder folder = new();
        Tiny whole = new(seed: 1), model = new(seed: 2);
        Create(whole, new SwapEMAWeights(true), new ModelCheckpoint(folder["{epoch}-{batch}"], saveFreq: 1), new ModelCheckpoint(folder["{epoch}"])).Fit(Data, epochs: 3, batchSize: 16, validation: Validation);
        Trainer<Tiny> resumed = Create(model, new SwapEMAWeights(true));
        resumed.LoadCheckpoint(folder[file]);
        resumed.Fit(Data, epochs: 3, batchSize: 16, validation: Validation);
        Assert.Equal(Features.Bits(whole), Features.Bits(model));

        // Without the callback a step puts the weights back by itself.
        Tiny other = new(seed: 3);
        Trainer<Tiny> bare = Create(other);
        bare.LoadCheckpoint(folder[file]);
        bare.Fit(Data, epochs: 3, batchSize: 16, validation: Validation);
        Assert.Equal(Features.Bits(whole), Features.Bits(other));
    }

    [Fact]
    public void What_is_frozen_while_the_averages_are_in_keeps_its_weights()
    {
        Frozen model = new(seed: 1);
        model["base"].Trainable = true;
        Trainer<Frozen> trainer = new(model) { Optimizer = new SGD(0.5) { UseEma = true }, Loss = Loss.SparseCategoricalCrossentropy() };
        for (int i = 0; i < 3; i++) trainer.TrainOnBatch([1, -1, 0.5f, 2], [1]);
        int[] before = Features.Bits(model);
        trainer.UseAverages(true);
        Assert.NotEqual(before, Features.Bits(model));
        model["base"].Trainable = false;
        trainer.UseAverages(false);
        Assert.Equal(before, Features.Bits(model));
    }

    [Fact]
    public void An_optimizer_without_averages_is_refused()
    {
        Trainer<Tiny> trainer = new(new Tiny()) { Optimizer = new SGD(), Loss = Loss.SparseCategoricalCrossentropy(), Callbacks = [new SwapEMAWeights()] };
        Assert.Contains("UseEma", Assert.Throws<InvalidOperationException>(() => trainer.Fit(Data)).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => trainer.Evaluate(Data));
    }

    private static Trainer<Tiny> Create(Tiny model, params Callback[] callbacks) => new(model)
    {
        Optimizer = new Adam(0.02) { UseEma = true, EmaMomentum = 0.9 },
        Loss = Loss.SparseCategoricalCrossentropy(),
        Callbacks = callbacks,
    };
}
