using System.Collections.Immutable;
using System.Globalization;
using CsCheck;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests;

/// <summary>Whatever stands in the attributes, the generator and the analyzer answer with diagnostics: neither throws, and nothing takes for ever.</summary>
public sealed class FuzzTests
{
    private const string Header = "using NetGen; using Words;\n#nullable disable\n";

    /// <summary>Every element that the runtime has, as it grows, and those of the tests.</summary>
    private static readonly string[] Kinds =
    [
        .. typeof(NetworkAttribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(TapeAttribute)) && !t.IsAbstract && !t.IsGenericType)
            .Select(t => t.FullName!.Replace('+', '.')["NetGen.".Length..^"Attribute".Length]),
        "Sized", "Plain", "Join", "Ops.Where", "U0", "U1", "U2", "U3", "Block<U0Attribute>", "Block<U2Attribute>", "Block<U3Attribute>", "Block<BlockAttribute>", "Missing",
    ];

    private static readonly string[] Properties =
    [
        .. typeof(NetworkAttribute).Assembly.GetExportedTypes()
            .Where(t => t.IsSubclassOf(typeof(TapeAttribute)))
            .SelectMany(t => t.GetProperties())
            .Where(p => p.CanWrite)
            .Select(p => p.Name)
            .Distinct()
            .OrderBy(n => n, StringComparer.Ordinal),
        "Unknown",
    ];

    private static readonly Gen<string> Text = OneOf(
        "a", "b", "input", "plain", "main", "", " ", "a/b", "a.state_h", "unit{i}", "{", "}", "{{i}}", "{i", "Ω", "\\u0000", "\\n", "%s{0}", "n - 1", "4 * n", "n / 0", "n % 0", "((((", "))",
        "1 +", "n ? 1 : 2", "true && n == 1", "min(n)", "max(1, 2, 3)", "divisible(n, 0)", "floor(1e308 * 10)", "99999999999999999999", "-9223372036854775808", "1e999", "0x", "..", "i", "channels",
        "height * width", "L2(1e-4)", "HeNormal()", "Nope(", "RandomNormal(stddev: -1)", "VarianceScaling(scale: 2, mode: \\\"fan_out\\\")", new string('(', 5000), new string('-', 5000) + "1", string.Concat(Enumerable.Repeat("1+", 5000)) + "1",
        new string('a', 10000));

    private static readonly Gen<string> Value = Gen.OneOf(
        OneOf("0", "1", "2", "3", "16", "-1", "int.MaxValue", "int.MinValue", "100000", "Dim.Any", "long.MinValue", "ulong.MaxValue", "(byte)3"),
        OneOf("0.5", "-0.0", "1e308", "double.NaN", "double.PositiveInfinity", "0.1f", "float.Epsilon"),
        OneOf("true", "false", "null", "default", "'x'", "typeof(int)", "typeof(Missing)", "Activation.ReLU", "(Activation)77", "Tone.Top", "Activation.Missing", "nameof(n)", "nameof(Missing)", "System.Environment.TickCount", "1 +", "x"),
        OneOf("new[] { 1, 2 }", "new int[0]", "new object[] { 1, \"a\", null, 0.5 }", "new[] { \"a\", \"b\" }", "new object[] { new[] { 1 } }", "[2, 1]", "[]"),
        Text.Select(t => "\"" + t + "\""),
        Text.Select(t => "$\"{nameof(n)}" + t.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal) + "\""));

    private static readonly Gen<string> Element = Gen.Select(
        OneOf(Kinds),
        Value.Array[0, 4],
        Gen.Select(OneOf(Properties), Value, (name, value) => $"{name} = {value}").Array[0, 3],
        (kind, positional, named) => $"{kind}({string.Join(", ", positional.Concat(named))})");

    private static readonly Gen<string> Tape = Gen.Select(
        OneOf("", "[Input(3)]", "[Input(4, 4, 2), Plain]", "[Input(Dim.Any, 5)]"),
        Element.Array[0, 8],
        (start, elements) => start + string.Concat(elements.Select(e => $"[{e}]\n")));

    private static readonly Gen<string> Block = Tape.Select(tape =>
        tape + "public sealed class U#Attribute(int n, Tone tone = Tone.High, double rate = 0.5) : BlockAttribute { public int N => n; public Tone T => tone; public double R => rate; }");

    private static readonly Gen<string> Network = Gen.Select(
        OneOf("[Network]", "[Network]", "[Network]", "[Network(Training = false)]", "[Network(Training = 3, Missing = \"\")]", ""),
        Tape,
        OneOf(
            "public partial class N#;", "public partial class N#;", "public partial class N#;", "public class N#;", "partial record N#;", "partial struct N#;", "static partial class N#;", "abstract partial class N#<T> : Missing;",
            "file partial class N#(int a) : System.Exception;", "partial class N#; partial class N#;", "partial class", "partial interface N#;", "partial class C# { [Network, Input(2)] partial class N#; }"),
        (network, tape, type) => network + "\n" + tape + type);

    [Fact]
    public void NeitherGeneratorNorAnalyzerThrows() =>
        Gen.Select(Network.Array[20], Block.Array[4]).Sample(
            t => Check(Header + Numbered(t.Item1) + Numbered(t.Item2)),
            iter: 100,
            threads: 1);

    /// <summary>A text cut anywhere and glued together again, as it is while someone types.</summary>
    [Fact]
    public void TornTextsDoNotThrow() =>
        Gen.Select(Network, Block, Gen.Int[0, 2000], Gen.Int[0, 40]).Sample(
            (network, block, start, length) =>
            {
                string text = Numbered([network]) + Numbered([block]);
                start = Math.Min(start, text.Length);
                Check(Header + text.Remove(start, Math.Min(length, text.Length - start)));
            },
            iter: 150,
            threads: 1);

    private static Gen<string> OneOf(params string[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static string Numbered(IEnumerable<string> declarations) =>
        string.Concat(declarations.Select((d, i) => d.Replace("#", i.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) + "\n\n"));

    private static void Check(string text)
    {
        CSharpCompilation compilation = TestSource.Compile(text);
        GeneratorRunResult result = CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _).GetRunResult().Results[0];
        Assert.Null(result.Exception);
        Assert.Empty(result.Diagnostics);
        CompilationWithAnalyzers analysis = updated.WithAnalyzers([new NetworkAnalyzer(), new BlockParameterSuppressor()]);
        ImmutableArray<Diagnostic> found = analysis.GetAllDiagnosticsAsync().GetAwaiter().GetResult();
        foreach (Diagnostic diagnostic in found)
        {
            Assert.False(diagnostic.Id is "AD0001" or ProblemTable.InternalError, diagnostic.ToString());
            bool isGenerated = diagnostic.Location.SourceTree is { } tree && tree != compilation.SyntaxTrees[0];
            Assert.False(isGenerated && diagnostic.Severity == DiagnosticSeverity.Error, diagnostic.ToString());
            Assert.True(!diagnostic.Id.StartsWith("NG", StringComparison.Ordinal) || diagnostic.Location.SourceTree == compilation.SyntaxTrees[0], diagnostic.ToString());
        }
    }
}
