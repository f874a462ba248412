namespace NetGen.Tests.Training;

public sealed class NetworkFilesTests
{
    [Fact]
    public void Saved_weights_come_back_bit_for_bit()
    {
        using TemporaryFolder folder = new();
        Mixed model = new(seed: 5);
        new Trainer<Mixed>(model) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(ToyData.Blobs(40, 37, 5));
        model.Save(folder["mixed.safetensors"]);
        Mixed served = Mixed.Load(folder["mixed.safetensors"]), other = new(seed: 6);
        other.LoadWeights(folder["mixed.safetensors"]);
        float[] x = [.. Enumerable.Range(0, 37).Select(i => i / 37f)], a = new float[5], b = new float[5], c = new float[5];
        model.Predict(x, a);
        served.Predict(x, b);
        other.Predict(x, c);
        Assert.Equal(a, b);
        Assert.Equal(a, c);
        foreach (ParameterInfo parameter in model.Parameters) Assert.Equal(model.GetWeights(parameter.Name), other.GetWeights(parameter.Name));
    }

    [Fact]
    public void A_file_holds_Kerass_names_and_shapes()
    {
        using TemporaryFolder folder = new();
        new Mixed().Save(folder["mixed.safetensors"]);
        using SafetensorsReader reader = new(folder["mixed.safetensors"]);
        Assert.Equal(
            [
                "batch_normalization/beta (53,)", "batch_normalization/gamma (53,)", "batch_normalization/moving_mean (53,)", "batch_normalization/moving_variance (53,)",
                "dense/bias (53,)", "dense/kernel (37, 53)", "dense_1/bias (21,)", "dense_1/kernel (53, 21)", "dense_2/bias (5,)", "dense_2/kernel (21, 5)",
            ],
            reader.Tensors.Select(tensor => $"{tensor.Name} {TensorInfo.FormatShape(tensor.Shape)}"));
    }

    [Fact]
    public void A_file_of_another_network_changes_nothing_and_names_the_differences()
    {
        using TemporaryFolder folder = new();
        new Mixed().Save(folder["mixed.safetensors"]);
        Tiny model = new(seed: 1);
        float[] before = model.GetWeights("dense/kernel");
        ModelFileException exception = Assert.Throws<ModelFileException>(() => model.LoadWeights(folder["mixed.safetensors"]));
        Assert.Contains("'dense/kernel' is (37, 53) in the file; (4, 8) is expected", exception.Message, StringComparison.Ordinal);
        Assert.Contains("batch_normalization/gamma", exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.GetWeights("dense/kernel"));
        Assert.Throws<ModelFileException>(() => Tiny.Load(folder["mixed.safetensors"]));
        Assert.Throws<FileNotFoundException>(() => Tiny.Load(folder["nothing.safetensors"]));
    }

    [Fact]
    public void A_network_with_loaded_weights_can_be_trained()
    {
        using TemporaryFolder folder = new();
        new Tiny(seed: 3).Save(folder["tiny.safetensors"]);
        Tiny a = new(seed: 4), b = new(seed: 3);
        a.LoadWeights(folder["tiny.safetensors"]);
        foreach (Tiny model in (Tiny[])[a, b]) new Trainer<Tiny>(model) { Loss = Loss.SparseCategoricalCrossentropy() }.Fit(ToyData.Blobs(20, 4, 3));
        Assert.Equal(b.GetWeights("dense/kernel"), a.GetWeights("dense/kernel"));
    }

    [Fact]
    public void A_part_loads_from_a_file_of_the_whole()
    {
        using TemporaryFolder folder = new();
        Wide one = new(seed: 1), two = new(seed: 2);
        one.Save(folder["one"]);
        float[] others = two.GetWeights("dense_1/kernel");
        two["dense"].LoadWeights(folder["one"]);
        Assert.Equal(one.GetWeights("dense/kernel"), two.GetWeights("dense/kernel"));
        Assert.Equal(others, two.GetWeights("dense_1/kernel"));
    }

    [Fact]
    public void Weights_load_from_a_checkpoint_too()
    {
        using TemporaryFolder folder = new();
        Tiny model = new(seed: 3);
        new Trainer<Tiny>(model) { Optimizer = new Adam(), Loss = Loss.SparseCategoricalCrossentropy() }.SaveCheckpoint(folder["c"]);
        Tiny other = new(seed: 4);
        other.LoadWeights(folder["c"]);
        Assert.Equal(model.GetWeights("dense/kernel"), other.GetWeights("dense/kernel"));
        float[] a = new float[3], b = new float[3];
        model.Predict([1, 2, 3, 4], a);
        Tiny.Load(folder["c"]).Predict([1, 2, 3, 4], b);
        Assert.Equal(a, b);
    }
}
