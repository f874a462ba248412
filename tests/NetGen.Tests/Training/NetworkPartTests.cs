namespace NetGen.Tests.Training;

public sealed class NetworkPartTests
{
    private static Trainer<Frozen> NewTrainer(Frozen model) => new(model) { Optimizer = new SGD(0.1), Loss = Loss.SparseCategoricalCrossentropy() };

    [Fact]
    public void A_frozen_part_stays_and_thaws()
    {
        Frozen model = new(seed: 1);
        Trainer<Frozen> trainer = NewTrainer(model);
        float[] kernel = model.GetWeights("base/kernel"), head = model.GetWeights("head/kernel");
        Assert.False(model["base"].Trainable);
        Assert.True(model["head"].Trainable);
        trainer.Fit(ToyData.Blobs(30, 4, 3));
        Assert.Equal(kernel, model.GetWeights("base/kernel"));
        Assert.NotEqual(head, model.GetWeights("head/kernel"));

        model["base"].Trainable = true;
        Assert.True(model["base"].Trainable);
        trainer.Fit(ToyData.Blobs(30, 4, 3));
        Assert.NotEqual(kernel, model.GetWeights("base/kernel"));

        model["base"].Trainable = false;
        kernel = model.GetWeights("base/kernel");
        trainer.Fit(ToyData.Blobs(30, 4, 3));
        Assert.Equal(kernel, model.GetWeights("base/kernel"));
    }

    [Fact]
    public void The_learning_rate_scales_by_part()
    {
        float[] Moves(double scale)
        {
            Tiny model = new(seed: 1);
            model["dense"].LearningRateScale = scale;
            Assert.Equal(scale, model["dense"].LearningRateScale);
            Assert.Equal(1, model["dense_1"].LearningRateScale);
            float[] before = model.GetWeights("dense/kernel");
            new Trainer<Tiny>(model) { Optimizer = new SGD(0.5), Loss = Loss.SparseCategoricalCrossentropy() }.TrainOnBatch([1, 2, 3, 4], [1]);
            return [.. model.GetWeights("dense/kernel").Zip(before, (a, b) => a - b)];
        }

        float[] full = Moves(1), tenth = Moves(0.1), none = Moves(0);
        for (int i = 0; i < full.Length; i++) Assert.Equal(full[i] / 10, tenth[i], 1e-6f);
        Assert.All(none, move => Assert.Equal(0, move));
        Assert.Contains(full, move => Math.Abs(move) > 1e-3);
        Assert.Throws<ArgumentOutOfRangeException>(() => Moves(-1));
    }

    [Fact]
    public void A_part_without_Trainable_on_the_tape_says_how_to_enable_it()
    {
        Frozen model = new();
        InvalidOperationException exception = Assert.Throws<InvalidOperationException>(() => model["head"].Trainable = false);
        Assert.Contains("'head'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Trainable = true", exception.Message, StringComparison.Ordinal);
        Assert.Contains("base", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_part_names_the_nearest()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(() => new Frozen()["bse"]);
        Assert.Contains("'base'", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_part_loads_its_weights_alone_or_out_of_a_network()
    {
        using TemporaryFolder folder = new();
        Frozen source = new(seed: 1), alone = new(seed: 2), whole = new(seed: 3);
        source.Save(folder["whole.safetensors"]);
        var store = new Serialization.MemoryStore()
            .Add("kernel", [4, 8], source.GetWeights("base/kernel"))
            .Add("bias", [8], source.GetWeights("base/bias"));
        WeightFile.Save(folder["alone.safetensors"], store);

        float[] head = whole.GetWeights("head/kernel");
        alone["base"].LoadWeights(folder["alone.safetensors"]);
        whole["base"].LoadWeights(folder["whole.safetensors"]);
        Assert.Equal(source.GetWeights("base/kernel"), alone.GetWeights("base/kernel"));
        Assert.Equal(source.GetWeights("base/kernel"), whole.GetWeights("base/kernel"));
        Assert.Equal(head, whole.GetWeights("head/kernel"));
        ModelFileException exception = Assert.Throws<ModelFileException>(() => whole["head"].LoadWeights(folder["alone.safetensors"]));
        Assert.Contains("(8, 3)", exception.Message, StringComparison.Ordinal);
        Assert.Equal(head, whole.GetWeights("head/kernel"));
    }
}
