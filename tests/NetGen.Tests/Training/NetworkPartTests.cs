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

    [Fact]
    public void A_base_is_loaded_from_a_whole_model_whose_head_it_lacks()
    {
        using TemporaryFolder folder = new();
        Frozen source = new(seed: 1), target = new(seed: 2);
        string file = folder["whole.safetensors"];
        WeightFile.Save(file, new Serialization.MemoryStore()
            .Add("kernel", [4, 8], source.GetWeights("base/kernel"))
            .Add("bias", [8], source.GetWeights("base/bias"))
            .Add("predictions/kernel", [8, 10], new float[80])
            .Add("predictions/bias", [10], new float[10]));
        float[] before = target.GetWeights("base/kernel"), head = target.GetWeights("head/kernel");
        ModelFileException exception = Assert.Throws<ModelFileException>(() => target["base"].LoadWeights(file));
        Assert.Contains("2 unexpected", exception.Message, StringComparison.Ordinal);
        Assert.Contains("ignoreUnexpected: true", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, target.GetWeights("base/kernel"));
        target["base"].LoadWeights(file, ignoreUnexpected: true);
        Assert.Equal(source.GetWeights("base/kernel"), target.GetWeights("base/kernel"));
        Assert.Equal(head, target.GetWeights("head/kernel"));

        // What is wanted must be there all the same, and of its shape; else nothing changes.
        exception = Assert.Throws<ModelFileException>(() => target["head"].LoadWeights(file, ignoreUnexpected: true));
        Assert.Contains("(8, 3) is expected", exception.Message, StringComparison.Ordinal);
        exception = Assert.Throws<ModelFileException>(() => target.LoadWeights(file, ignoreUnexpected: true));
        Assert.Contains("4 missing", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("unexpected", exception.Message, StringComparison.Ordinal);
        Assert.Equal(head, target.GetWeights("head/kernel"));
    }

    [Fact]
    public void A_network_passes_over_what_it_does_not_have_where_it_is_told_to()
    {
        using TemporaryFolder folder = new();
        Frozen source = new(seed: 1), target = new(seed: 2);
        Serialization.MemoryStore store = new();
        foreach (ParameterInfo parameter in source.Parameters) store.Add(parameter.Name, parameter.Shape.ToArray(), source.GetWeights(parameter.Name));
        string file = folder["more.safetensors"], own = folder["own.safetensors"];
        WeightFile.Save(file, store.Add("other/kernel", [2], 1, 2));
        source.Save(own);
        Assert.Throws<ModelFileException>(() => target.LoadWeights(file));
        target.LoadWeights(file, ignoreUnexpected: true);
        Assert.Equal(source.GetWeights("head/kernel"), target.GetWeights("head/kernel"));
        Frozen served = Frozen.Load(own);
        served.LoadWeights(file, ignoreUnexpected: true);
        Assert.Throws<ModelFileException>(() => served.LoadWeights(file));
    }

    [Fact]
    public void A_part_is_saved_under_its_own_names_and_is_what_was_loaded()
    {
        using TemporaryFolder folder = new();
        Frozen source = new(seed: 1), target = new(seed: 2);
        string file = folder["base.safetensors"];
        source["base"].SaveWeights(file);
        using (SafetensorsReader reader = new(file))
        {
            Assert.Equal(["bias", "kernel"], reader.Tensors.Select(t => t.Name).Order(StringComparer.Ordinal));
            float[] kernel = new float[4 * 8];
            reader.Read("kernel", kernel);
            Assert.Equal(source.GetWeights("base/kernel"), kernel);
        }

        float[] head = target.GetWeights("head/kernel");
        target["base"].LoadWeights(file);
        Assert.Equal(source.GetWeights("base/kernel"), target.GetWeights("base/kernel"));
        Assert.Equal(source.GetWeights("base/bias"), target.GetWeights("base/bias"));
        Assert.Equal(head, target.GetWeights("head/kernel"));
    }

    [Fact]
    public void A_part_that_holds_another_of_its_name_is_saved_and_loaded_too()
    {
        using TemporaryFolder folder = new();
        Nested source = new(seed: 1), alone = new(seed: 2), whole = new(seed: 3), inner = new(seed: 4);
        source["unit"].SaveWeights(folder["unit"]);
        source["unit/unit"].SaveWeights(folder["inner"]);
        source.Save(folder["whole"]);
        alone["unit"].LoadWeights(folder["unit"]);
        whole["unit"].LoadWeights(folder["whole"]);
        inner["unit/unit"].LoadWeights(folder["inner"]);
        foreach (string name in (string[])["unit/unit/kernel", "unit/unit/bias", "unit/out/kernel", "unit/out/bias"])
        {
            Assert.Equal(source.GetWeights(name), alone.GetWeights(name));
            Assert.Equal(source.GetWeights(name), whole.GetWeights(name));
        }

        Assert.Equal(source.GetWeights("unit/unit/kernel"), inner.GetWeights("unit/unit/kernel"));
        Assert.NotEqual(source.GetWeights("unit/out/kernel"), inner.GetWeights("unit/out/kernel"));
    }

    [Fact]
    public void A_part_that_cannot_be_saved_leaves_the_old_file()
    {
        using TemporaryFolder folder = new();
        Frozen model = new(seed: 1);
        string file = folder["base.safetensors"];
        model["base"].SaveWeights(file);
        byte[] old = File.ReadAllBytes(file);
        model.Save(folder["whole"]);
        Assert.Throws<InvalidOperationException>(() => Frozen.Load(folder["whole"])["base"].SaveWeights(file));
        Assert.ThrowsAny<IOException>(() => model["base"].SaveWeights(Path.Combine(folder["none"], "base.safetensors")));
        Assert.Equal(old, File.ReadAllBytes(file));
        Assert.Equal(["base.safetensors", "whole"], Directory.GetFiles(folder.FullName).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }
}
