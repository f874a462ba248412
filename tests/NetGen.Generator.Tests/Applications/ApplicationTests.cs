using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>The ready-made architectures, read from the built assembly as a user's project reads them.</summary>
public sealed class ApplicationTests
{
    /// <summary>What Keras's Normalization counts of its own data is a parameter there, which nothing reads.</summary>
    private const int Counter = 1;

    /// <summary>Parameters as published in Keras's table of applications (https://keras.io/api/applications), with all states, and some that follow from the formulas.</summary>
    [Theory]
    [InlineData("VGG16", 138_357_544)]
    [InlineData("VGG19", 143_667_240)]
    [InlineData("ResNet50", 25_636_712)]
    [InlineData("ResNet101", 44_707_176)]
    [InlineData("ResNet152", 60_419_944)]
    [InlineData("ResNet50V2", 25_613_800)]
    [InlineData("MobileNet", 4_253_864)]
    [InlineData("MobileNetV2", 3_538_984)]
    [InlineData("MobileNet(alpha: 0.5)", 1_342_536)]
    [InlineData("MobileNet(alpha: 0.25)", 475_544)]
    [InlineData("MobileNetV2(alpha: 1.4)", 6_156_712)]
    [InlineData("MobileNetV2(alpha: 0.5)", 1_987_224)]
    [InlineData("MobileNetV2(alpha: 0.35)", 1_691_208)]
    [InlineData("VGG16Base", 14_714_688)]
    [InlineData("VGG19Base", 20_024_384)]
    [InlineData("ResNet50Base", 23_587_712)]
    [InlineData("ResNet101Base", 42_658_176)]
    [InlineData("ResNet152Base", 58_370_944)]
    [InlineData("ResNet50V2Base", 23_564_800)]
    [InlineData("MobileNetBase", 3_228_864)]
    [InlineData("MobileNetV2Base", 2_257_984)]
    [InlineData("ResNet101V2", 44_675_560)]
    [InlineData("ResNet152V2", 60_380_648)]
    [InlineData("ResNet101V2Base", 42_626_560)]
    [InlineData("ResNet152V2Base", 58_331_648)]
    [InlineData("DenseNet121", 8_062_504)]
    [InlineData("DenseNet169", 14_307_880)]
    [InlineData("DenseNet201", 20_242_984)]
    [InlineData("DenseNet121Base", 7_037_504)]
    [InlineData("DenseNet169Base", 12_642_880)]
    [InlineData("DenseNet201Base", 18_321_984)]
    [InlineData("MobileNetV3Small", 2_554_968)]
    [InlineData("MobileNetV3Large", 5_507_432)]
    [InlineData("MobileNetV3SmallBase", 939_120)]
    [InlineData("MobileNetV3LargeBase", 2_996_352)]
    [InlineData("MobileNetV3Small(alpha: 0.75)", 2_051_552)]
    [InlineData("MobileNetV3Large(alpha: 0.75)", 4_012_616)]
    [InlineData("MobileNetV3Small(alpha: 1.25, includePreprocessing: false)", 3_660_640)]
    [InlineData("MobileNetV3Large(alpha: 1.25, dropout: 0)", 8_286_760)]
    [InlineData("MobileNetV3Small(minimalistic: true)", 2_056_848)]
    [InlineData("MobileNetV3Large(minimalistic: true)", 3_948_688)]
    [InlineData("MobileNetV3SmallBase(alpha: 0.5, minimalistic: true)", 131_040)]
    [InlineData("EfficientNetB0", 5_330_571 - Counter)]
    [InlineData("EfficientNetB1", 7_856_239 - Counter)]
    [InlineData("EfficientNetB2", 9_177_569 - Counter)]
    [InlineData("EfficientNetB3", 12_320_535 - Counter)]
    [InlineData("EfficientNetB4", 19_466_823 - Counter)]
    [InlineData("EfficientNetB5", 30_562_527 - Counter)]
    [InlineData("EfficientNetB6", 43_265_143 - Counter)]
    [InlineData("EfficientNetB7", 66_658_687 - Counter)]
    [InlineData("EfficientNetB0Base", 4_049_571 - Counter)]
    [InlineData("EfficientNetB7Base(imageNet: false)", 64_097_687 - Counter)]
    [InlineData("ResNet50(classes: 5)", 23_587_712 + (5 * 2049))]
    public void Parameters_are_those_of_Keras(string block, long parameters)
    {
        TapeResult tape = Build($"Input(224, 224, 3), {block}");
        Assert.Equal(parameters, tape.Graph.Parameters.Sum(p => p.Shape.Count.Constant));
        string expected = block.Contains("Base", StringComparison.Ordinal) ? "(n, 7, 7, " : block.Contains('5') && block.Contains("classes", StringComparison.Ordinal) ? "(n, 5)" : "(n, 1000)";
        Assert.StartsWith(expected, Assert.Single(tape.Graph.Outputs).Value.Shape.ToString(), StringComparison.Ordinal);
    }

    /// <summary>Rounding to multiples of 8 would make a network of any factor.</summary>
    [Theory]
    [InlineData("MobileNet")]
    [InlineData("MobileNetV2")]
    [InlineData("MobileNetV2Base")]
    [InlineData("MobileNetV3Small")]
    [InlineData("MobileNetV3SmallBase")]
    [InlineData("MobileNetV3Large")]
    public void A_factor_of_the_channels_is_above_0(string block)
    {
        foreach (string alpha in new[] { "0", "-0.5" })
        {
            EquatableArray<Problem> problems = Tape.Build(Read($"Input(224, 224, 3), {block}(alpha: {alpha})"), training: false).Problems;
            Assert.NotEmpty(problems);
            Assert.All(problems, p => Assert.Matches(block == "MobileNet" ? "^NG0012 .*Filters of .* must be at least 1" : "^NG0018 .*alpha, 8\\)'.*above 0", $"{p.Id} {p.Message}"));
        }
    }

    [Theory]
    [InlineData("VGG16")]
    [InlineData("ResNet50")]
    [InlineData("ResNet50V2")]
    [InlineData("MobileNet")]
    [InlineData("MobileNetV2")]
    [InlineData("MobileNetV3Small")]
    [InlineData("MobileNetV3Large")]
    [InlineData("DenseNet121")]
    [InlineData("EfficientNetB0")]
    public void Layers_have_Kerass_names_and_sizes(string block) =>
        Snapshot.Verify(Rows(Build($"Input(224, 224, 3), {block}(Name = \"\")")), block);

    /// <summary>Odd maps are padded on both sides before a strided depthwise convolution, even ones behind only.</summary>
    [Theory]
    [InlineData("VGG16Base", 33, "(n, 1, 1, 512)")]
    [InlineData("ResNet50Base", 33, "(n, 2, 2, 2048)")]
    [InlineData("ResNet50V2Base", 33, "(n, 2, 2, 2048)")]
    [InlineData("MobileNetBase", 33, "(n, 1, 1, 1024)")]
    [InlineData("MobileNetV2Base", 33, "(n, 2, 2, 1280)")]
    [InlineData("MobileNetV2Base", 97, "(n, 4, 4, 1280)")]
    [InlineData("ResNet152V2Base", 33, "(n, 2, 2, 2048)")]
    [InlineData("DenseNet121Base", 33, "(n, 1, 1, 1024)")]
    [InlineData("DenseNet201Base", 97, "(n, 3, 3, 1920)")]
    [InlineData("MobileNetV3SmallBase", 33, "(n, 2, 2, 576)")]
    [InlineData("MobileNetV3LargeBase", 97, "(n, 4, 4, 960)")]
    [InlineData("MobileNetV3LargeBase(alpha: 0.75)", 96, "(n, 3, 3, 720)")]
    [InlineData("MobileNetV3SmallBase(minimalistic: true)", 64, "(n, 2, 2, 576)")]
    [InlineData("EfficientNetB0Base", 33, "(n, 2, 2, 1280)")]
    [InlineData("EfficientNetB1Base", 240, "(n, 8, 8, 1280)")]
    [InlineData("EfficientNetB4Base", 97, "(n, 4, 4, 1792)")]
    [InlineData("MobileNetV2Base(alpha: 1.3)", 96, "(n, 3, 3, 1664)")]
    public void Other_input_sizes(string block, int size, string output) =>
        Assert.Equal(output, Assert.Single(Build($"Input({size}, {size}, 3), {block}").Graph.Outputs).Value.Shape.ToString());

    [Fact]
    public void A_base_is_frozen_under_its_name()
    {
        TapeResult tape = Build("Input(64, 64, 3), TFPreprocessing, MobileNetV2Base(Name = \"base\", Trainable = false), GlobalAveragePooling2D, Dense(5, Activation = Activation.Softmax)");
        Assert.Equal(["base"], tape.Toggles.Select(t => t.Name));
        Assert.Equal("base/Conv1/kernel", tape.Graph.Parameters.First().Name);
        Assert.Equal(2_257_984 + (1281 * 5), tape.Graph.Parameters.Sum(p => p.Shape.Count.Constant));
    }

    /// <summary>What is dropped grows from unit to unit, from 0 to almost a fifth; each has a stream of its own, and the features before the classes another.</summary>
    [Fact]
    public void EfficientNet_drops_more_from_unit_to_unit()
    {
        TapeResult tape = Build("Input(32, 32, 3), EfficientNetB0(Name = \"\")");
        string[] expected = ["block2b", "block3b", "block4b", "block4c", "block5b", "block5c", "block6b", "block6c", "block6d"];
        Assert.Equal([.. expected.Select(e => e + "_drop"), "top_dropout"], tape.RandomStreams.Select(s => s.Layer));
        string graph = tape.Graph.ToString();

        // Units 2 to 14 of 16, those that keep the shape.
        foreach (int unit in new[] { 2, 4, 6, 7, 9, 10, 12, 13, 14 })
        {
            Assert.Contains(Expression.Text(1 / (1 - (0.2 * unit / 16))), graph, StringComparison.Ordinal);
        }

        Assert.Equal(["top_dropout"], Build("Input(32, 32, 3), EfficientNetB0(dropConnect: 0, Name = \"\")").RandomStreams.Select(s => s.Layer));
        Assert.Empty(Build("Input(32, 32, 3), EfficientNetB0(dropConnect: 0, dropout: 0, Name = \"\")").RandomStreams);
    }

    /// <summary>Pixels go in as they are, in the minimalistic form without filters of 5x5 and other activations than ReLU.</summary>
    [Fact]
    public void MobileNetV3_has_its_preprocessing_and_a_minimalistic_form()
    {
        string[] Kinds(string arguments) => [.. Build($"Input(64, 64, 3), MobileNetV3Small{arguments}").Rows.Select(r => r.Kind)];
        Assert.Contains("Rescaling", Kinds(""));
        Assert.DoesNotContain("Rescaling", Kinds("(includePreprocessing: false)"));
        Assert.Equal(9, Kinds("").Count(k => k == "HardSigmoid"));
        Assert.DoesNotContain("HardSigmoid", Kinds("(minimalistic: true)"));
        Assert.DoesNotContain(Build("Input(64, 64, 3), MobileNetV3Large(minimalistic: true)").Graph.Parameters, p => p.Shape.Rank == 4 && p.Shape[0] == 5);
        Assert.Contains("Dropout", Kinds(""));
        Assert.DoesNotContain("Dropout", Kinds("(dropout: 0)"));
    }

    [Fact]
    public void Epsilon_is_that_of_each_family()
    {
        Assert.Contains("1.001E-05", Build("Input(32, 32, 3), ResNet50Base").Graph.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("1.001E-05", Build("Input(32, 32, 3), MobileNetV2Base").Graph.ToString(), StringComparison.Ordinal);
    }

    /// <summary>
    /// The text grows with the kinds of tiles and the steps, not with sizes: a compiler, a JIT and a reader get through it. The graph in ONNX's words is one string at its end, with a bound of its own.
    /// </summary>
    [Theory]
    [InlineData("ResNet50", 720_000)]
    [InlineData("MobileNetV2", 870_000)]
    [InlineData("VGG16", 345_000)]
    public void The_emitted_text_stays_small(string block, int most)
    {
        ModelSpec model = Read($"Input(224, 224, 3), {block}(Name = \"\")");
        string shell = Compiler.Shell(model).Text, kernels = Compiler.Kernels(model, new EmitOptions())!;
        int graph = kernels.IndexOf("static partial void DescribeOnnxGraph", StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(shell) + Encoding.UTF8.GetByteCount(kernels[..graph]), 1, most);
        Assert.InRange(Encoding.UTF8.GetByteCount(kernels[graph..]), 1, 65_000);
    }

    private static string Rows(TapeResult tape) =>
        string.Join("\n", tape.Rows.Select(r => FormattableString.Invariant($"{r.Name} {r.Kind} {r.Output} {r.Parameters}"))) + "\n";

    private static TapeResult Build(string attributes)
    {
        TapeResult tape = Tape.Build(Read(attributes), training: true);
        Assert.Empty(tape.Problems);
        return tape;
    }

    private static ModelSpec Read(string attributes)
    {
        CSharpCompilation app = TestSource.Compile(
            $"using NetGen;\n[Network, {attributes}] public partial class Net;", references: MetadataReference.CreateFromFile(typeof(VGG16Attribute).Assembly.Location));
        FrontendResult read = TestSource.Read(app);
        Assert.Empty(read.Problems);
        Assert.True(read.IsComplete);
        return read.Model;
    }
}
