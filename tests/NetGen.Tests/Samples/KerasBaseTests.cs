extern alias TransferLearning;

using NetGen.Tests.Keras;
using TransferLearning::NetGen.Samples;

namespace NetGen.Tests.Samples;

/// <summary>The networks of the sample of transfer learning with files of Keras's forms, through the sample's own code.</summary>
public sealed class KerasBaseTests
{
    /// <summary>What stands behind the base in files of the whole architecture, as Keras names it or did before. Sizes are small, as nobody reads them.</summary>
    private static readonly KerasLayerWeights[] VGGTop = [Dense("fc1", 7, 6), Dense("fc2", 6, 5), Dense("predictions", 5, 4)];

    [Fact]
    public void ResNet50_with_its_top() => Loads(new ResNet50Digits(1), new ResNet50Digits(2), layers => KerasWriter.Legacy([.. layers, Dense("probs", 2048, 4)], isGrouped: false));

    [Fact]
    public void VGG16_of_Keras_1_with_its_top() => Loads(
        new VGG16Digits(1), new VGG16Digits(2), layers => KerasWriter.Legacy([.. layers.Select(OfKeras1), .. VGGTop.Select(OfKeras1)], isGrouped: false));

    [Fact]
    public void VGG19_counted_within_classes_with_its_top() => Loads(new VGG19Digits(1), new VGG19Digits(2), layers => KerasWriter.Weights([.. layers, .. VGGTop]));

    [Fact]
    public void MobileNet_as_an_archive() => Loads(
        new MobileNetDigits(1), new MobileNetDigits(2), layers => KerasWriter.Archive(KerasWriter.Configuration(layers), KerasWriter.Weights(layers)));

    [Fact]
    public void MobileNetV2_as_a_saved_model_with_its_top() => Loads(new MobileNetV2Digits(1), new MobileNetV2Digits(2), layers => KerasWriter.Legacy([.. layers, Dense("Logits", 1280, 4)]));

    /// <summary>VGG19 has all that VGG16 has under the same names, and more; MobileNet has none of MobileNetV2's names.</summary>
    [Fact]
    public void Another_architecture_is_refused_and_nothing_changes()
    {
        Refuses(new VGG16Digits(1), new VGG19Digits(2), "unexpected:\n  'block3_conv4/kernel' (3, 3, 256, 256)", "fc1");
        Refuses(new VGG19Digits(1), new VGG16Digits(2), "missing:\n  'base/block3_conv4/kernel' (3, 3, 256, 256)", "fc1");
        Refuses(new MobileNetDigits(1), new MobileNetV2Digits(2), "None of its weights fits this network.", "fc1");
    }

    /// <summary>The order of things: a wrong file ends the sample before there are digits to train on.</summary>
    [Fact]
    public void A_wrong_file_ends_the_sample_before_anything_is_trained()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], KerasWriter.Legacy(Layers(new MobileNetV2Digits(1))));
        File.WriteAllText(folder["b.h5"], "Nothing of Keras.");
        foreach (string file in new[] { "a.h5", "b.h5" })
        {
            ModelFileException problem = Assert.Throws<ModelFileException>(() => KerasTransfer.Run("MobileNet", folder[file], 1, NoDigits, new SampleOptions(1, 5, 1e-3), CancellationToken.None));
            Assert.Contains(file, problem.Message, StringComparison.Ordinal);
        }

        static (Dataset Few, Dataset Held) NoDigits() => throw new InvalidOperationException("Nothing is to be trained.");
    }

    /// <summary>From the file to what is right: a head on features of a drawn base learns the images that it is shown, and tuning at a low rate does not forget them.</summary>
    [Fact]
    public void The_named_architecture_is_trained()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], KerasWriter.Legacy(Layers(Spread(new MobileNetDigits(1)))));
        Dataset digits = DigitTask.Of(DrawnDigits.Draw(20, seed: 3), first: 5);
        (double head, double tuned) = KerasTransfer.Run("MobileNet", folder["a.h5"], 1, () => (digits, digits), new SampleOptions(100, 5, 1e-2), CancellationToken.None);
        Assert.InRange(head, 0.9, 1);
        Assert.InRange(tuned, 0.6, 1);
    }

    /// <summary>Each name is another network, which refuses what is not its own.</summary>
    [Fact]
    public void Every_name_is_known()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["a.h5"], KerasWriter.Legacy([Dense("none", 2, 3)]));
        Assert.All(KerasBase.Architectures, name => Assert.Throws<ModelFileException>(() => Run(name)));
        Assert.Contains("VGG16, VGG19, MobileNet", Assert.Throws<ArgumentException>(() => Run("VGG17")).Message, StringComparison.Ordinal);

        void Run(string name) => KerasTransfer.Run(name, folder["a.h5"], 1, () => throw new InvalidOperationException("Nothing is to be trained."), new SampleOptions(1, 5, 1e-3), CancellationToken.None);
    }

    private static void Loads(Network from, Network to, Func<IReadOnlyList<KerasLayerWeights>, byte[]> write)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["file"], write(Layers(from)));
        Dictionary<string, float[]> before = to.Parameters.ToDictionary(p => p.Name, p => to.GetWeights(p.Name));
        KerasWeightReport report = KerasBase.Load(to, folder["file"]);
        Assert.Equal(to["base"].Parameters.Select(p => p.Name), report.Loaded);
        Assert.Empty(report.Skipped);
        Assert.All(to.Parameters, p => AssertBits(p.Name.StartsWith("base/", StringComparison.Ordinal) ? from.GetWeights(p.Name) : before[p.Name], to.GetWeights(p.Name)));
        Assert.Equal(["head/kernel", "head/bias"], to.Parameters.Select(p => p.Name).Except(report.Loaded));
    }

    private static void Refuses(Network to, Network from, string reason, string ignored)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder["file"], KerasWriter.Legacy([.. Layers(from), .. VGGTop]));
        float[][] before = [.. to.Parameters.Select(p => to.GetWeights(p.Name))];
        ModelFileException problem = Assert.Throws<ModelFileException>(() => KerasBase.Load(to, folder["file"]));
        Assert.Contains(reason, problem.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(ignored, problem.Message, StringComparison.Ordinal);
        Assert.All(to.Parameters.Index(), p => AssertBits(before[p.Index], to.GetWeights(p.Item.Name)));
    }

    /// <summary>The base's layers by Keras's own names, with all weights drawn: a new normalization is the same for every seed.</summary>
    private static List<KerasLayerWeights> Layers(Network network)
    {
        Random random = new(5);
        foreach (ParameterInfo parameter in network["base"].Parameters.Where(p => p.Shape.Length == 1))
        {
            float least = parameter.Name.EndsWith("/gamma", StringComparison.Ordinal) || parameter.Name.EndsWith("/moving_variance", StringComparison.Ordinal) ? 0.5f : -0.5f;
            network.SetWeights(parameter.Name, [.. Enumerable.Range(0, parameter.Shape[0]).Select(_ => least + random.NextSingle())]);
        }

        return KerasWriter.Layers(network, prefix: "base/");
    }

    /// <summary>Filters that are as large as keeps maps from dying away over many layers: He's.</summary>
    private static T Spread<T>(T network)
        where T : Network
    {
        Random random = new(6);
        foreach (ParameterInfo parameter in network["base"].Parameters.Where(p => p.Shape.Length == 4))
        {
            int[] shape = parameter.Shape.ToArray();
            bool isDepthwise = shape[3] == 1;
            double most = Math.Sqrt(6.0 / (shape[0] * shape[1] * (isDepthwise ? 1 : shape[2])));
            network.SetWeights(parameter.Name, [.. Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (float)(most * ((2 * random.NextDouble()) - 1)))]);
        }

        return network;
    }

    private static KerasLayerWeights Dense(string name, int inputs, int outputs) =>
        new(name, "Dense", [new KerasWeight("", "kernel", [inputs, outputs], new float[inputs * outputs]), new KerasWeight("", "bias", [outputs], new float[outputs])]);

    /// <summary>Keras 1 called weights W and b, behind the layer's name once more; the files of VGG are from then.</summary>
    private static KerasLayerWeights OfKeras1(KerasLayerWeights layer) => layer with
    {
        Weights = [.. layer.Weights.Select(w => w with { Name = $"{layer.Name}_{(w.Name == "kernel" ? "W" : "b")}_1" })],
    };

    private static void AssertBits(float[] expected, float[] found) => Assert.True(expected.AsSpan().SequenceEqual(found));
}
