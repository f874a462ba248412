using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Generator;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>An imported network is scheduled as one that was written by hand.</summary>
public sealed partial class ScheduleTests
{
    /// <summary>The ResNet-50 of the file, whose strides are those of the 3 by 3 filters, and whose convolutions have no biases.</summary>
    private const string ByHand = """
        using NetGen;

        [Network(Training = false)]
        [Input(224, 224, 3)]
        [ZeroPadding2D(3), Conv2D(64, 7, Strides = 2, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05), ReLU]
        [ZeroPadding2D(1), MaxPooling2D(3, Strides = 2)]
        [Projected(64, 1), Plain(64, Repeat = 2)]
        [Projected(128, 2), Plain(128, Repeat = 3)]
        [Projected(256, 2), Plain(256, Repeat = 5)]
        [Projected(512, 2), Plain(512, Repeat = 2)]
        [GlobalAveragePooling2D, Dense(1000, Activation = Activation.Softmax)]
        public partial class ByHand;

        [Conv2D(nameof(filters), 1, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05), ReLU]
        [Conv2D(nameof(filters), 3, Padding = Padding.Same, UseBias = false, When = "strides == 1")]
        [ZeroPadding2D(1, When = "strides == 2"), Conv2D(nameof(filters), 3, Strides = 2, UseBias = false, When = "strides == 2")]
        [BatchNormalization(Epsilon = 1.0000001E-05), ReLU]
        [Conv2D($"4 * {nameof(filters)}", 1, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05, Name = "main")]
        [Conv2D($"4 * {nameof(filters)}", 1, Strides = nameof(strides), UseBias = false, From = "input"), BatchNormalization(Epsilon = 1.0000001E-05, Name = "shortcut")]
        [Add("main", "shortcut"), ReLU]
        public sealed class ProjectedAttribute(int filters, int strides) : BlockAttribute;

        [Conv2D(nameof(filters), 1, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05), ReLU]
        [Conv2D(nameof(filters), 3, Padding = Padding.Same, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05), ReLU]
        [Conv2D($"4 * {nameof(filters)}", 1, UseBias = false), BatchNormalization(Epsilon = 1.0000001E-05, Name = "main")]
        [Add("main", "input"), ReLU]
        public sealed class PlainAttribute(int filters) : BlockAttribute;
        """;

    [Fact]
    public void Imported_ResNet50_has_the_schedule_of_the_one_written_by_hand()
    {
        string imported = Schedule(OnnxImporter.Import(OnnxData.Shared("onnx-light/light_resnet50.onnx")).Model);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "ByHand",
            [CSharpSyntaxTree.ParseText(ByHand, new CSharpParseOptions(LanguageVersion.CSharp14))],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(p => Path.GetFileName(p) is "NetGen.dll" || Path.GetFileName(p).StartsWith("System.", StringComparison.Ordinal)).Select(p => MetadataReference.CreateFromFile(p)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        string byHand = Schedule(Frontend.Read(compilation.GetTypeByMetadataName("ByHand")!, TestContext.Current.CancellationToken).Model);
        Assert.True(byHand.Split('\n').Length > 100);
        Assert.Equal(byHand, imported);
    }

    /// <summary>The inference program's, without the names of layers behind each step.</summary>
    private static string Schedule(ModelSpec model)
    {
        TapeResult tape = Tape.Build(model, training: false);
        Assert.Empty(tape.Problems);
        return Names().Replace(Compiler.Plan(tape.Graph, null, []).Inference.ToString()!, "");
    }

    [GeneratedRegex("  // .*$", RegexOptions.Multiline)]
    private static partial Regex Names();
}
