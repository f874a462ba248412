using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>The ready-made architectures, read from the built assembly as a user's project reads them.</summary>
public sealed class ApplicationTests
{
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
    [InlineData("ResNet50(classes: 5)", 23_587_712 + (5 * 2049))]
    public void Parameters_are_those_of_Keras(string block, long parameters)
    {
        TapeResult tape = Build($"Input(224, 224, 3), {block}");
        Assert.Equal(parameters, tape.Graph.Parameters.Sum(p => p.Shape.Count.Constant));
        string expected = block.Contains("Base", StringComparison.Ordinal) ? "(n, 7, 7, " : block.Contains('5') && block.Contains("classes", StringComparison.Ordinal) ? "(n, 5)" : "(n, 1000)";
        Assert.StartsWith(expected, Assert.Single(tape.Graph.Outputs).Value.Shape.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("VGG16")]
    [InlineData("ResNet50")]
    [InlineData("ResNet50V2")]
    [InlineData("MobileNet")]
    [InlineData("MobileNetV2")]
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
