using NetGen.Keras;

namespace NetGen.Tests.Keras;

/// <summary>Weights of files of every form for networks that are there: what a seeded network has, written as Keras does, gives another its bits.</summary>
public sealed class KerasWeightTests
{
    private static readonly Dictionary<string, string> Classes = new()
    {
        ["norm"] = "Normalization",
        ["first"] = "Conv2D",
        ["bn"] = "BatchNormalization",
        ["prelu"] = "PReLU",
        ["depth"] = "DepthwiseConv2D",
        ["groups"] = "GroupNormalization",
        ["separable"] = "SeparableConv2D",
        ["transposed"] = "Conv2DTranspose",
        ["layer"] = "LayerNormalization",
        ["dense"] = "Dense",
        ["last"] = "Dense",
        ["words"] = "Embedding",
        ["conv"] = "Conv1D",
        ["lstm"] = "LSTM",
        ["gru"] = "GRU",
        ["gru_before"] = "GRU",
        ["rnn"] = "SimpleRNN",
        ["both"] = "LSTM",
        ["each"] = "Dense",
        ["heads"] = "MultiHeadAttention",
        ["both_last"] = "LSTM",
        ["end"] = "Dense",
    };

    public static TheoryData<string> Forms => ["legacy", "legacy whole", "legacy variable texts", "legacy many attributes", "weights", "weights with names", "archive"];

    [Theory]
    [MemberData(nameof(Forms))]
    public void Ready_made_architectures_take_each_form(string form)
    {
        RoundTrip(new SmallMobileNet(1), new SmallMobileNet(2), form);
        RoundTrip(new SmallMobileNetV2(1), new SmallMobileNetV2(2), form);
        RoundTrip(new SmallMobileNetV3(1), new SmallMobileNetV3(2), form);
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("weights")]
    [InlineData("archive")]
    public void Large_ones_too(string form)
    {
        RoundTrip(new SmallResNet50(1), new SmallResNet50(2), form);
        RoundTrip(new SmallVGG16(1), new SmallVGG16(2), form);
        RoundTrip(new SmallVGG19(1), new SmallVGG19(2), form);
        RoundTrip(new SmallDenseNet121(1), new SmallDenseNet121(2), form);
        RoundTrip(new SmallEfficientNetB0(1), new SmallEfficientNetB0(2), form);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void Every_kind_of_layer(string form)
    {
        RoundTrip(new MapKinds(1), new MapKinds(2), form, Class);
        RoundTrip(new StepKinds(1), new StepKinds(2), form, Class);
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public void By_order_where_names_differ(string form)
    {
        StepKinds from = new(1);
        RenamedStepKinds to = new(2);
        using TemporaryFolder folder = new();
        KerasWeightReport report = to.LoadKerasWeights(Write(folder, form, KerasWriter.Layers(from, classOf: Class)));
        Assert.Equal(KerasMatching.ByOrder, report.Matching);
        AssertEqual([.. from.Parameters.Select(p => from.GetWeights(p.Name))], to);
    }

    [Fact]
    public void A_base_takes_the_weights_of_the_whole_architecture()
    {
        SmallResNet50 from = new(3);
        HeadedResNet50 to = new(4);
        float[] head = to.GetWeights("head/kernel");
        using TemporaryFolder folder = new();
        KerasWeightReport report = to["base"].LoadKerasWeights(Write(folder, "legacy", KerasWriter.Layers(from)));
        Assert.Equal(KerasMatching.ByName, report.Matching);
        Assert.Empty(report.Skipped);
        Assert.Equal(from.Parameters.Count, report.Loaded.Count);
        Assert.All(from.Parameters, p => AssertBits(from.GetWeights(p.Name), to.GetWeights("base/" + p.Name)));
        AssertBits(head, to.GetWeights("head/kernel"));
    }

    /// <summary>What else is too much is told as before, so that a base does not take those of a larger architecture.</summary>
    [Fact]
    public void Layers_of_the_file_may_be_passed_over()
    {
        MapKinds from = new(1);
        List<KerasLayerWeights> layers = KerasWriter.Layers(from, classOf: Class);
        KerasLayerWeights top = layers[^1] with { Name = "top", Weights = [.. layers[^1].Weights.Select(w => w with { Values = [.. w.Values.Select(v => v + 1)] })] };
        layers.AddRange(top, top with { Name = "more" });
        using TemporaryFolder folder = new();
        string path = Write(folder, "legacy", layers);

        MapKinds to = new(2);
        float[][] before = [.. to.Parameters.Select(p => to.GetWeights(p.Name))];
        ModelFileException problem = Assert.Throws<ModelFileException>(() => to.LoadKerasWeights(path, new KerasWeightOptions { IgnoredLayers = ["top"] }));
        Assert.Contains("1 unexpected:\n  'more/kernel' (7, 2)", problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("top/", problem.Message, StringComparison.Ordinal);
        AssertEqual(before, to);

        KerasWeightReport report = to.LoadKerasWeights(path, new KerasWeightOptions { IgnoredLayers = ["more", "top"] });
        Assert.Empty(report.Skipped);
        AssertEqual([.. from.Parameters.Select(p => from.GetWeights(p.Name))], to);
    }

    [Fact]
    public void A_single_layer_takes_its_own()
    {
        StepKinds from = new(1), to = new(2);
        using TemporaryFolder folder = new();
        string path = Write(folder, "legacy", [.. KerasWriter.Layers(from, classOf: Class).Where(l => l.Name is "both" or "end")]);
        to["both"].LoadKerasWeights(path, new KerasWeightOptions { SkipMismatch = true });
        Assert.All(from["both"].Parameters, p => AssertBits(from.GetWeights(p.Name), to.GetWeights(p.Name)));
        AssertBits(new StepKinds(2).GetWeights("end/kernel"), to.GetWeights("end/kernel"));
    }

    [Fact]
    public void Everything_that_does_not_fit_is_told_at_once_and_nothing_changes()
    {
        MapKinds from = new(1), to = new(2);
        float[][] before = [.. to.Parameters.Select(p => to.GetWeights(p.Name))];
        List<KerasLayerWeights> layers = KerasWriter.Layers(from, n => n == "last" ? "lost" : n, Class);
        int first = layers.FindIndex(l => l.Name == "first");
        layers[first] = layers[first] with { Weights = [layers[first].Weights[0] with { Shape = [3, 3, 2, 6] }, layers[first].Weights[1]] };
        using TemporaryFolder folder = new();
        string path = Write(folder, "legacy", layers);
        ModelFileException problem = Assert.Throws<ModelFileException>(() => to.LoadKerasWeights(path));
        Assert.Contains("'last/kernel' (7, 2); the nearest in the file is 'lost/kernel' (7, 2)", problem.Message, StringComparison.Ordinal);
        Assert.Contains("'first/kernel' (3, 3, 3, 4) is 'model_weights/first/first/kernel:0' (3, 3, 2, 6) in the file", problem.Message, StringComparison.Ordinal);
        Assert.Contains("1 unexpected:\n  'lost/kernel' (7, 2)", problem.Message, StringComparison.Ordinal);
        AssertEqual(before, to);

        KerasWeightReport report = to.LoadKerasWeights(path, new KerasWeightOptions { SkipMismatch = true });
        Assert.Equal(to.Parameters.Count - 2, report.Loaded.Count);
        Assert.Equal(3, report.Skipped.Count);
        Assert.StartsWith($"{report.Loaded.Count} weights were loaded by name; 3 were left out.", report.ToString(), StringComparison.Ordinal);
        Assert.All(report.Loaded, n => AssertBits(from.GetWeights(n), to.GetWeights(n)));
        AssertBits(new MapKinds(2).GetWeights("last/kernel"), to.GetWeights("last/kernel"));
    }

    [Fact]
    public void By_name_alone_takes_no_other_names()
    {
        RenamedStepKinds to = new(2);
        using TemporaryFolder folder = new();
        string path = Write(folder, "legacy", KerasWriter.Layers(new StepKinds(1), classOf: Class));
        ModelFileException problem = Assert.Throws<ModelFileException>(() => to.LoadKerasWeights(path, new KerasWeightOptions { Matching = KerasMatching.ByName }));
        Assert.Contains("None of its weights fits", problem.Message, StringComparison.Ordinal);
        to.LoadKerasWeights(path, new KerasWeightOptions { Matching = KerasMatching.ByOrder });
    }

    [Fact]
    public void A_GRU_that_resets_elsewhere_is_told()
    {
        StepKinds from = new(1), to = new(2);
        List<KerasLayerWeights> layers = KerasWriter.Layers(from, classOf: Class);
        int gru = layers.FindIndex(l => l.Name == "gru");
        layers[gru] = layers[gru] with { Weights = [.. layers[gru].Weights.Take(2), layers[gru].Weights[2] with { Shape = [12], Values = new float[12] }] };
        using TemporaryFolder folder = new();
        ModelFileException problem = Assert.Throws<ModelFileException>(() => to.LoadKerasWeights(Write(folder, "legacy", layers)));
        Assert.Contains("ResetAfter = false", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_of_other_types_become_floats()
    {
        using TemporaryFolder folder = new();
        PureHDF.H5File file = [];
        KerasWriter.Place(file, "layers/dense/vars/0", new PureHDF.H5Dataset(new double[] { 0.1, -2, 3, 4, 5, 6 }, fileDims: [3, 2]));
        KerasWriter.Place(file, "layers/dense/vars/1", new PureHDF.H5Dataset(new Half[] { (Half)0.1, (Half)(-7) }));
        KerasWriter.Place(file, "layers/dense_1/vars/0", new PureHDF.H5Dataset(new long[] { 1, -2 }));
        PureHDF.H5Dataset brain = new(new ushort[] { 0x3F80, 0xC040 });
        brain.Attributes["dtype"] = "bfloat16";
        KerasWriter.Place(file, "layers/dense_1/vars/1", brain);
        File.WriteAllBytes(folder["a.weights.h5"], KerasWriter.Bytes(file));
        using KerasFile read = KerasFile.Open(folder["a.weights.h5"]);
        Assert.Equal(
            ["Float64 (3, 2)", "Float16 (2,)", "Int64 (2,)", "BFloat16 (2,)"],
            read.Scopes.SelectMany(s => s.Variables).Select(v => $"{v.Tensor.Type} {TensorInfo.FormatShape(v.Tensor.Shape)}"));
        float[][] values = [.. read.Scopes.SelectMany(s => s.Variables).Select(v => v.Tensor.Read("a"))];
        Assert.Equal([0.1f, -2, 3, 4, 5, 6], values[0]);
        Assert.Equal([(float)(Half)0.1, -7], values[1]);
        Assert.Equal([1f, -2], values[2]);
        Assert.Equal([1f, -3], values[3]);
    }

    [Fact]
    public void A_network_for_inference_only_keeps_its_weights()
    {
        using TemporaryFolder folder = new();
        new MapKinds(1).Save(folder["a.safetensors"]);
        string path = Write(folder, "legacy", KerasWriter.Layers(new MapKinds(1), classOf: Class));
        Assert.Throws<InvalidOperationException>(() => MapKinds.Load(folder["a.safetensors"]).LoadKerasWeights(path));
    }

    private static string Class(string layer) => Classes[layer];

    private static void RoundTrip(Network from, Network to, string form, Func<string, string>? classOf = null)
    {
        using TemporaryFolder folder = new();
        KerasWeightReport report = to.LoadKerasWeights(Write(folder, form, KerasWriter.Layers(from, classOf: classOf)));
        Assert.Equal(from.Parameters.Count, report.Loaded.Count);
        AssertEqual([.. from.Parameters.Select(p => from.GetWeights(p.Name))], to);
    }

    private static string Write(TemporaryFolder folder, string form, IReadOnlyList<KerasLayerWeights> layers)
    {
        byte[] bytes = form switch
        {
            "legacy" => KerasWriter.Legacy(layers, isGrouped: true),
            "legacy whole" => KerasWriter.Legacy(layers, KerasWriter.Configuration(layers)),
            "legacy variable texts" => KerasWriter.Legacy(layers, isFixed: false, isGrouped: false),
            "legacy many attributes" => KerasWriter.Legacy(layers, isGrouped: false, namesPerAttribute: 7),
            "weights" => KerasWriter.Weights(layers),
            "weights with names" => KerasWriter.Weights(layers, hasNames: true),
            _ => KerasWriter.Archive(KerasWriter.Configuration(layers), KerasWriter.Weights(layers)),
        };
        string path = folder["file." + (form == "archive" ? "keras" : "h5")];
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static void AssertEqual(float[][] expected, Network network) => Assert.All(network.Parameters.Index(), p => AssertBits(expected[p.Index], network.GetWeights(p.Item.Name)));

    private static void AssertBits(float[] expected, float[] found) => Assert.True(expected.AsSpan().SequenceEqual(found));
}
