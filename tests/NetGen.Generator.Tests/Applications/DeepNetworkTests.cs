using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using NetGen.Documentation;

namespace NetGen.Generator.Tests;

/// <summary>
/// Deep networks through the whole compiler, inference and training: what it writes and what it allocates on the way have bounds, with a fifth of headroom, and grow with the layers and no
/// faster. Bytes stand for the time, of which a test could not tell anything that is true on every machine.
/// </summary>
public sealed partial class DeepNetworkTests
{
    private const long MiB = 1 << 20;

    /// <summary>How many times as much twice as many layers may allocate.</summary>
    private const double MostGrowth = 2.2;

    /// <summary>By the attribute of an architecture, or the kind of a tape of 500 layers.</summary>
    private static readonly Dictionary<string, Bound> Bounds = new()
    {
        ["ResNet152"] = new("ResNet-152", 1_750_000, 320, 2820),
        ["ResNet152V2"] = new("ResNet-152 V2", 1_780_000, 355, 1870),
        ["DenseNet121"] = new("DenseNet-121", 1_710_000, 820, 1420),
        ["EfficientNetB0"] = new("EfficientNet-B0", 1_860_000, 690, 780),
        ["maps"] = new("a tape of 500 layers (convolutions, normalizations, activations and shortcuts)", 1_160_000, 95, 1460),
    };

    public static TheoryData<string> Bounded => [.. Bounds.Keys];

    [Theory]
    [MemberData(nameof(Bounded))]
    public void Networks_have_bounds(string network)
    {
        Bound most = Bounds[network];
        Output output = Run(network == "maps" ? TapeText.Parse(Tape(network, 500)) : Read($"Input(224, 224, 3), {network}(Name = \"\")"));
        Assert.True(
            output.Text <= most.Text && output.Methods <= most.Methods && output.Allocated <= most.Allocated * MiB,
            $"{most.Name}: {output.Text} bytes, {output.Methods} methods, {output.Allocated / (double)MiB:f1} MiB allocated");
    }

    [Fact]
    public void The_page_of_benchmarks_has_the_bounds()
    {
        StringBuilder text = new("| network | text, at most | methods, at most | allocated by one run, at most |\n|---|---:|---:|---:|\n");
        foreach (Bound most in Bounds.Values)
            text.Append(CultureInfo.InvariantCulture, $"| {most.Name} | {most.Text / 1e6:0.00} MB | {most.Methods} | {most.Allocated:N0} MiB |\n");
        text.Append(CultureInfo.InvariantCulture, $"\nTwice as many layers allocate at most {MostGrowth} times as much.\n");
        GeneratedSection.Verify("benchmarks.md", "deep networks", text.ToString());
    }

    /// <summary>Convolutions, normalizations, activations and shortcuts in turn, and dense layers: twice as many layers need twice of everything.</summary>
    [Theory]
    [InlineData("maps")]
    [InlineData("dense")]
    [InlineData("taps")]
    public void A_tape_of_500_layers_needs_twice_what_250_need(string kind)
    {
        Output half = Run(TapeText.Parse(Tape(kind, 250))), whole = Run(TapeText.Parse(Tape(kind, 500)));
        Assert.True(whole.Allocated <= MostGrowth * half.Allocated, $"{whole.Allocated / (double)MiB:f1} MiB, and {half.Allocated / (double)MiB:f1} MiB for half of it");
        Assert.True(whole.Text <= 2.1 * half.Text, $"{whole.Text} bytes, and {half.Text} for half of it");

        // Equal layers share their kernels.
        Assert.InRange(whole.Methods, 1, half.Methods + 2);
    }

    private static string Tape(string kind, int layers)
    {
        IEnumerable<string> elements = kind switch
        {
            "maps" => Enumerable.Range(0, layers / 5).SelectMany(i => new[] { $"Conv2D(8, 3, Padding = Padding.Same, UseBias = false, Name = \"c{i}\")", "BatchNormalization", "ReLU", $"DepthwiseConv2D(3, Padding = Padding.Same, Name = \"d{i}\")", $"Add(\"c{i}\", \"d{i}\")" }),
            "dense" => Enumerable.Range(0, layers / 2).SelectMany(i => new[] { "Dense(48, Activation = Activation.Tanh)", "LayerNormalization" }),
            _ => Enumerable.Range(0, layers / 2).SelectMany(i => new[] { $"Dense(32, Name = \"d{i}\")", i < 2 ? "SiLU" : $"Add(\"d{i}\", \"d{i - 2}\")" }),
        };
        return $"[Input({(kind == "maps" ? "8, 8, 8" : kind == "dense" ? "48" : "32")}), {string.Join(", ", elements)}, {(kind == "maps" ? "Flatten, " : "")}Dense(2)]";
    }

    private static Output Run(ModelSpec model)
    {
        // What is made once for all networks, tables and what the JIT needs, is not counted.
        _ = Compiler.Kernels(TapeText.Parse("[Input(8, 8, 3), Conv2D(8, 3), BatchNormalization, ReLU, GlobalAveragePooling2D, Dense(2)]"), new EmitOptions());
        long before = GC.GetAllocatedBytesForCurrentThread();
        string shell = Compiler.Shell(model).Text, kernels = Compiler.Kernels(model, new EmitOptions())!;
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new Output(shell.Length + kernels.Length, Method().Count(kernels), allocated);
    }

    [GeneratedRegex(@"^ +(private|internal|public)[^=;\n]* \w+(<[^>\n]*>)?\([^\n]*\n? *(where|\{|=>)", RegexOptions.Multiline)]
    private static partial Regex Method();

    private static ModelSpec Read(string attributes)
    {
        FrontendResult read = TestSource.Read(TestSource.Compile($"using NetGen;\n[Network, {attributes}] public partial class Net;", references: MetadataReference.CreateFromFile(typeof(VGG16Attribute).Assembly.Location)));
        Assert.Empty(read.Problems);
        return read.Model;
    }

    /// <summary>What the compiler made of a network.</summary>
    /// <param name="Text">Characters, which are all of one byte.</param>
    /// <param name="Methods">Methods of the kernels' file.</param>
    /// <param name="Allocated">Bytes.</param>
    private sealed record Output(long Text, int Methods, long Allocated);

    /// <summary>What the compiler may make of a network, at most.</summary>
    /// <param name="Name">The network's name on the page.</param>
    /// <param name="Text">Bytes of both files.</param>
    /// <param name="Methods">Methods of the kernels' file.</param>
    /// <param name="Allocated">MiB, by one run for both files.</param>
    private sealed record Bound(string Name, int Text, int Methods, long Allocated);
}
