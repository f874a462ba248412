using Microsoft.CodeAnalysis;

namespace NetGen.Generator.Tests;

/// <summary>
/// The ready-made architectures as whole networks, emitted, compiled and run, against the interpreter; training steps of shorter networks of the same blocks, because a
/// network with a thousand thin maps always has an activation so near to a ReLU's corner that rounding puts it on the other side. ResNet101 and 152 repeat ResNet50's
/// blocks, VGG19 those of VGG16.
/// </summary>
public sealed class ApplicationNetworkTests
{
    private const int Classes = 10;

    /// <summary>Maps at which the last stage still has a pixel, some of them odd, so that strides leave one over. VGG16's own top has more weights than all of these.</summary>
    private static readonly string[] Whole =
    [
        "Network(Training = false), Input(32, 32, 3), VGG16Base, GlobalAveragePooling2D, Dense(10, Activation = Activation.Softmax)",
        "Network(Training = false), Input(32, 32, 3), ResNet50(classes: 10)",
        "Network(Training = false), Input(33, 48, 3), ResNet50V2(classes: 10)",
        "Network(Training = false), Input(64, 64, 3), MobileNet(classes: 10)",
        "Network(Training = false), Input(71, 53, 3), MobileNetV2(classes: 10)",
        "Network(Training = false), Input(70, 53, 3), MobileNetV3Small(classes: 10)",
        "Network(Training = false), Input(49, 64, 3), MobileNetV3Large(classes: 10, minimalistic: true, includePreprocessing: false)",
        "Network(Training = false), Input(65, 50, 3), EfficientNetB0(classes: 10)",
        "Network(Training = false), Input(33, 40, 3), DenseNet121(classes: 10)",
    ];

    private static readonly string[] Short =
    [
        "Network, Input(32, 32, 3), VGGStage(32, 2, \"block1\"), VGGStage(48, 2, \"block2\"), Flatten, Dense(50, Activation = Activation.ReLU)",
        "Network(Precision = KernelPrecision.High), Input(49, 40, 3), ResNetStem(false), ResNetStage(32, 2, 2, \"conv2\"), GlobalAveragePooling2D",
        "Network, Input(49, 40, 3), ResNetStem(true), ResNetV2Stage(16, 3, 2, \"conv2\"), BatchNormalization, ReLU, GlobalAveragePooling2D",
        "Network, Input(17, 16, 3), InvertedResidual(16, 1, 1, 1.0, \"a\"), InvertedResidual(24, 2, 6, 1.0, \"b\"), InvertedResidual(24, 1, 6, 1.0, \"c\"), GlobalAveragePooling2D",
        "Network, Input(15, 16, 3), MobileNetV3Unit(24, 5, 2, 3.5, 0.25, Activation.HardSiLU, 1.0, \"a\"), MobileNetV3Unit(24, 3, 1, 2.0, 0.0, Activation.ReLU, 1.0, \"b\"), GlobalAveragePooling2D",
        "Network, Input(15, 16, 3), EfficientNetStage(24, 5, 2, 6, 1, 1, 1.0, 1.1, 0.4, 2), GlobalAveragePooling2D",
        "Network, Input(7, 8, 8), DenseNetStage(2, 2), DenseNetStage(1, 3, shrinks: false), BatchNormalization, ReLU, GlobalAveragePooling2D",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        MetadataReference applications = MetadataReference.CreateFromFile(typeof(VGG16Attribute).Assembly.Location);
        foreach (string attributes in Whole.Concat(Short.Select(s => s + ", Dense(10, Activation = Activation.Softmax)")))
        {
            FrontendResult read = TestSource.Read(TestSource.Compile($"using NetGen;\n[{attributes}] public partial class Net;", references: applications));
            Assert.True(read is { IsComplete: true, Problems.Count: 0 }, string.Join("\n", read.Problems));
            batch.Add(attributes, read.Model);
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Whole.Length + Short.Length)];

    public static TheoryData<int> ShortIndices => [.. Enumerable.Range(Whole.Length, Short.Length)];

    /// <summary>Within 1e-4 of the largest probability, without the allowance that <see cref="NetCheck"/> makes for networks that magnify rounding.</summary>
    [Theory]
    [MemberData(nameof(Indices))]
    public void Inference_agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach (int samples in new[] { 1, 3 })
        {
            NetData data = Data(samples);
            double[] expected = Reference.Run(net.InferenceGraph, data)[Assert.Single(net.InferenceGraph.Outputs).Value];

            // Probabilities that are all the same, or 0 and 1, would hide what the layers before the softmax gave.
            Assert.InRange(expected.Max(), 1.2 / Classes, 0.9);
            NetCheck.Near(expected, NetCheck.Doubles(NetRun.Infer(net, data).Outputs[0]), NetCheck.Net, $"inference, batch {samples}, of {net}");
        }
    }

    [Theory]
    [MemberData(nameof(ShortIndices))]
    public void A_training_step_agrees_with_the_interpreter(int index)
    {
        NetCheck.Training(Batch.Value.Nets[index], Data(3), NetCheck.Net, isFused: true);
        NetCheck.Training(Batch.Value.Nets[index], Data(4), NetCheck.Net);
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);

    /// <summary>He's scale, which keeps the activations of deep networks in range, and statistics off 0 and 1.</summary>
    private static NetData Data(int samples)
    {
        Dictionary<Value, (int Stream, double Middle, double Spread)> ranges = [];
        return new NetData(samples) { Make = Make };

        double? Make(Value value, int element)
        {
            if (value.Kind != ValueKind.Parameter)
            {
                return null;
            }

            if (!ranges.TryGetValue(value, out (int Stream, double Middle, double Spread) range))
            {
                ranges[value] = range = Range(value);
            }

            return range.Middle + (range.Spread * ((Differences.Uniform(range.Stream, element) * 2) - 1));
        }
    }

    private static (int Stream, double Middle, double Spread) Range(Value parameter)
    {
        int stream = parameter.Name.Aggregate(7, (h, c) => unchecked((h * 31) + c)) & 0xFFFF;
        bool isDepthwise = parameter.Name.Contains("depthwise", StringComparison.Ordinal) || parameter.Name.Contains("_dw", StringComparison.Ordinal);

        // The last layer of a residual block is small: sixteen sums of equal parts would grow 256-fold.
        bool isResidual = parameter.Name.Contains("_3_conv", StringComparison.Ordinal) || parameter.Name.Contains("_3_bn", StringComparison.Ordinal) || parameter.Name.Contains("_project_", StringComparison.Ordinal);
        double scale = isResidual ? 0.4 : 1;
        return parameter.Name.Split('/').Last() switch
        {
            // Those of a Normalization.
            "mean" => (stream, 0.4, 0.1),
            "variance" => (stream, 0.1, 0.05),
            "kernel" => (stream, 0, scale * Math.Sqrt(6.0 / parameter.Shape.CountOf(0, parameter.Shape.Rank - (isDepthwise ? 2 : 1)).Constant)),
            "gamma" => (stream, scale, 0.3 * scale),
            "moving_variance" => (stream, 1, 0.5),
            _ => (stream, 0, 0.2),
        };
    }
}
