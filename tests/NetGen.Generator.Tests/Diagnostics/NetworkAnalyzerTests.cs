using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator.Tests;

public sealed class NetworkAnalyzerTests
{
    [Theory]
    [InlineData("[Network, Plain, {|NG0016:Loop|}] public partial class Net; [Plain, {|NG0016:Loop|}] public sealed class LoopAttribute : BlockAttribute;")]
    [InlineData("[Network, {|NG0026:Block<BlockAttribute>|}] public partial class Net;")]
    [InlineData("[Network, Block<UnitAttribute>({|NG0026:1|}, 2)] public partial class Net; [Plain] public sealed class UnitAttribute(int a) : BlockAttribute { public int A => a; }")]
    [InlineData("[{|NG0040:Plain|}, Sized(1)] public partial class Net;")]
    [InlineData("[Plain, {|NG0026:Block<BlockAttribute>|}] public sealed class OuterAttribute : BlockAttribute;")]
    public async Task StandsOnTheAttribute(string marked) => await Verify.Analyzer(marked);

    [Fact]
    public async Task TooManyElementsStandOnTheOuterBlock()
    {
        string blocks = string.Concat(Enumerable.Range(0, 20).Select(i => $"[D{i + 1}, D{i + 1}] public sealed class D{i}Attribute : BlockAttribute;\n"));
        string text = "using NetGen; using Words; [Network, Plain, D0] public partial class Net;" + blocks + "[Plain] public sealed class D20Attribute : BlockAttribute;";
        Diagnostic[] found = [.. (await TestSource.Analyze(TestSource.Compile(text), new NetworkAnalyzer())).Where(d => d.Id == "NG0025")];
        Assert.Equal("D0", text.Substring(found[0].Location.SourceSpan.Start, found[0].Location.SourceSpan.Length));
    }

    [Fact]
    public async Task AnUnreadableBlockStandsOnItsUse()
    {
        CSharpCompilation inner = TestSource.Compile("using NetGen; using Words; [Plain] public sealed class InnerAttribute : BlockAttribute;", "Inner");
        CSharpCompilation outer = TestSource.Compile("using NetGen; [Inner] public sealed class OuterAttribute : BlockAttribute;", "Outer", references: TestSource.ToReference(inner));
        const string Text = "using NetGen; using Words; [Network, Plain, Outer] public partial class Net;";
        Diagnostic found = Assert.Single(await TestSource.Analyze(TestSource.Compile(Text, references: TestSource.ToReference(outer)), new NetworkAnalyzer()));
        Assert.Equal(("NG0027", Text.IndexOf("Outer", StringComparison.Ordinal)), (found.Id, found.Location.SourceSpan.Start));
    }

    /// <summary>While an attribute does not compile, the rest of the tape is not judged.</summary>
    [Theory]
    [InlineData("[Network, Missing] public partial class Net;")]
    [InlineData("[Network, Plain(Nme = \"x\")] public partial class Net;")]
    [InlineData("[Network, Sized(, 3)] public partial class Net;")]
    public async Task KeepsQuietWhereCSharpSpeaks(string text) => Assert.Empty(await Verify.Analyzer(text, new Problem("NG0010", 0, null, "Noise.")));

    [Fact]
    public async Task AnExceptionBecomesADiagnosticOnTheClass()
    {
        NetworkAnalyzer analyzer = new(_ => throw new InvalidOperationException("It broke."));
        Diagnostic found = Assert.Single(await TestSource.Analyze(TestSource.Compile("using NetGen; [Network] public partial class Net;"), analyzer));
        Assert.Equal(ProblemTable.InternalError, found.Id);
        Assert.StartsWith("Net: InvalidOperationException: It broke. at ", found.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal("Net", found.Location.SourceTree!.ToString().Substring(found.Location.SourceSpan.Start, found.Location.SourceSpan.Length));
    }

    [Fact]
    public async Task CarriesTheSuggestion()
    {
        NetworkAnalyzer analyzer = new(_ => EquatableArray.Of(new Problem("NG0010", 0, "From", "No.", "main")));
        Diagnostic found = Assert.Single(await TestSource.Analyze(TestSource.Compile("using NetGen; using Words; [Network, Plain(From = \"mian\")] public partial class Net;"), analyzer));
        Assert.Equal("main", found.Properties[NetworkAnalyzer.Suggestion]);
    }

    /// <summary>As in an IDE: the analyzer sees the class together with its generated part.</summary>
    [Fact]
    public async Task TheGeneratedPartChangesNothing()
    {
        CSharpCompilation compilation = TestSource.Compile("using NetGen; using Words; [Network, Input(3), Plain] public partial class Net;");
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        Assert.Equal(2, updated.SyntaxTrees.Count());
        Assert.DoesNotContain(await TestSource.Analyze(updated, new NetworkAnalyzer(_ => [])), d => d.Id.StartsWith("NG", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("public sealed class UnitAttribute(int a) : BlockAttribute;", "[Sized(nameof(a))]", false)]
    [InlineData("public sealed class UnitAttribute(int a) : BlockAttribute;", "[Sized(\"4 * a\")]", false)]
    [InlineData("public sealed class UnitAttribute(int a, int b) : BlockAttribute;", "[Sized(\"4 * b\")]", true)]
    [InlineData("public sealed class Other(int a);", "", true)]
    public async Task UnreadParametersOfBlocksAreSilencedWhereALayerReadsThem(string declaration, string layers, bool isWarned)
    {
        CSharpCompilation compilation = TestSource.Compile("using NetGen; using Words;\n" + layers + declaration);
        CompilationWithAnalyzers analysis = compilation.WithAnalyzers(
            [new BlockParameterSuppressor()], new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), null, true, false, reportSuppressedDiagnostics: true));
        Diagnostic[] unread = [.. (await analysis.GetAllDiagnosticsAsync()).Where(d => d.Id == "CS9113")];
        Assert.NotEmpty(unread);
        Assert.Equal(isWarned, unread.Any(d => !d.IsSuppressed));
    }
}
