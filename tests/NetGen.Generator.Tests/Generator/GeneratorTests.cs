using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public sealed class GeneratorTests
{
    private const string Header = "using NetGen; using Words;\n";

    [Fact]
    public void NamesFilesAfterTheFullName()
    {
        GeneratorRunResult result = Run("namespace A.B { partial class Outer { [Network, Plain] partial class Net; } } [Network, Plain] public partial class Other;", Shell);
        Assert.Equal(["A.B.Outer.Net.Kernels.g.cs", "A.B.Outer.Net.g.cs", "Other.Kernels.g.cs", "Other.g.cs"], Hints(result));
    }

    /// <summary>Roslyn compares hint names without case and throws on the second; legal C#, or C# in the middle of being typed, must not meet that.</summary>
    [Theory]
    [InlineData("[Network] public partial class Net; [Network] public partial class NET;")]
    [InlineData("public partial class Outer { [Network] public partial class Net; } public partial class outer { [Network] public partial class Net; }")]
    [InlineData("namespace A { [Network] public partial class Net; } public partial class A { [Network] public partial class Net; }")]
    public void MakesHintNamesUnique(string text)
    {
        GeneratorRunResult result = Run(text, Shell);
        Assert.Equal(4, Hints(result).Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Theory]
    [InlineData("[Network] public partial class Çığ;", "Çığ")]
    [InlineData("[Network] public partial class @class;", "class")]
    [InlineData("[Network] public partial class e\u0301t\u203F;", "e-0301t-203f")]
    [InlineData("namespace 数.網 { [Network] public partial class 網; }", "数.網.網")]
    public void TakesAnyIdentifier(string text, string hint)
    {
        GeneratorRunResult result = Run(text, Shell);
        Assert.Equal([hint + ".Kernels.g.cs", hint + ".g.cs"], Hints(result));
    }

    [Theory]
    [InlineData("[Network] public class Net;")]
    [InlineData("[Network] public partial record Net;")]
    [InlineData("[Network] public partial struct Net;")]
    [InlineData("[Network] public static partial class Net;")]
    [InlineData("[Network] file partial class Net;")]
    [InlineData("[Network] public partial class Net<T>;")]
    [InlineData("[Network] public partial class Net(int a);")]
    [InlineData("[Network] public partial class Net : System.Exception;")]
    [InlineData("public class Outer { [Network] public partial class Net; }")]
    [InlineData("[Network] public partial class")]
    public void GivesNothingForAClassThatCannotBeANetwork(string text) => Assert.Empty(Hints(Run(text, Shell)));

    /// <summary>An IDE must go on binding user code while the network is wrong, so the shell is there without kernels.</summary>
    [Theory]
    [InlineData("[Network, Missing] public partial class Net;")]
    [InlineData("[Network, Loop] public partial class Net; [Loop] public sealed class LoopAttribute : BlockAttribute;")]
    [InlineData("[Network, Plain(Name = 3)] public partial class Net;")]
    public void GivesTheShellAloneForATapeThatCannotBeRead(string text) => Assert.Equal(["Net.g.cs"], Hints(Run(text, Shell)));

    [Theory]
    [InlineData("[Network] public partial class Net; [Network] public partial class Net;")]
    [InlineData("[Network, Network] public partial class Net;")]
    [InlineData("[Network] public partial class Net; public partial class Net;")]
    [InlineData("[Plain] public partial class Net; [Network] public partial class Net;")]
    public void ANetworkIsOneHoweverItIsWritten(string text) => Assert.Equal(["Net.Kernels.g.cs", "Net.g.cs"], Hints(Run(text, Shell)));

    [Fact]
    public void AnExceptionBecomesADiagnostic()
    {
        GeneratorRunResult result = Run("[Network, Plain] public partial class Net; [Network] public partial class Good;", model =>
            model.Type.Name == "Net" ? throw new InvalidOperationException("It broke\nin two lines.") : Shell(model), (model, _) => model.Type.Name == "Net" ? null : "// kernels");
        Diagnostic diagnostic = Assert.Single(result.Diagnostics);
        Assert.Equal(ProblemTable.InternalError, diagnostic.Id);
        Assert.Equal(DiagnosticSeverity.Error, diagnostic.Severity);
        Assert.StartsWith("Net: InvalidOperationException: It broke in two lines. at NetGen.Generator.Tests.GeneratorTests", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(["Good.Kernels.g.cs", "Good.g.cs"], Hints(result));
    }

    [Fact]
    public void AnExceptionInTheKernelsLeavesTheShell()
    {
        GeneratorRunResult result = Run("[Network, Plain] public partial class Net;", Shell, (_, _) => throw new InvalidOperationException("No room."));
        Assert.Equal(ProblemTable.InternalError, Assert.Single(result.Diagnostics).Id);
        Assert.Equal(["Net.g.cs"], Hints(result));
    }

    [Fact]
    public void CancellationIsNoFailure()
    {
        using CancellationTokenSource source = new();
        NetworkGenerator generator = new(model =>
        {
            source.Cancel();
            source.Token.ThrowIfCancellationRequested();
            return Shell(model);
        }, (_, _) => "");
        CSharpGeneratorDriver driver = CSharpGeneratorDriver.Create(generator);
        Assert.ThrowsAny<OperationCanceledException>(() => driver.RunGenerators(TestSource.Compile(Header + "[Network] public partial class Net;"), source.Token));
    }

    [Fact]
    public void TheShellCompiles()
    {
        CSharpCompilation compilation = TestSource.Compile(Header + "namespace A.B; partial class Outer { [Network, Input(3), Plain] sealed partial class @event; }");
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        Assert.Empty(updated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8981"));
    }

    /// <summary>What only training computes is wrong: the user is told, and not also by errors in code that he has not written.</summary>
    [Theory]
    [InlineData("Momentum = 2")]
    [InlineData("Momentum = double.NaN")]
    [InlineData("Renorm = true, RenormMomentum = 5")]
    [InlineData("Renorm = true, RenormRMax = -5")]
    public void AProblemOfTheTrainingGraphAloneGivesNoKernels(string arguments)
    {
        CSharpCompilation compilation = TestSource.Compile(Header + $"[Network, Input(4, 4), BatchNormalization({arguments}), Dense(1)] public partial class Net;");
        GeneratorRunResult result = Assert.Single(CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _).GetRunResult().Results);
        Assert.Equal(["Net.g.cs"], Hints(result));
        Assert.Empty(updated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    /// <summary>Whatever taps and classes are called, Predict has as many parameters as there are spans.</summary>
    [Theory]
    [InlineData("[Input(3, Name = \"a b\"), Input(3, Name = \"a_b\"), Input(3, Name = \"a-b\"), Add(\"a b\", \"a_b\", \"a-b\")]", "@a_bInput, @a_b, @a_bInput2, @output")]
    [InlineData("[Input(3, Name = \"threads\"), Dense(1)]", "@threadsInput, @output")]
    [InlineData("[Input(3, Name = \"output\"), Dense(1)]", "@output, @outputOutput")]
    [InlineData("[Input(3, Name = \"1\"), Dense(1)]", "@_1, @output")]
    [InlineData("[Input(Dim.Any, 3, Name = \"samples\"), Dense(1)]", "@samplesInput, @output")]
    [InlineData("[Input(3, Name = \"int\"), Dense(2, Name = \"a b\"), Dense(2, Name = \"a_b\"), Output(\"a b\"), Output(\"a_b\"), Output(\"int\")]", "@int, @a_bOutput, @a_b, @intOutput")]
    public void PredictHasParametersOfDifferentNames(string tape, string names)
    {
        Compilation updated = Generate("[Network] " + tape + " public partial class Net;");
        Assert.Empty(updated.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        IMethodSymbol predict = Assert.Single(TestSource.Type(updated, "Net").GetMembers("Predict").OfType<IMethodSymbol>());
        Assert.Equal(names.Replace("@", "", StringComparison.Ordinal), string.Join(", ", predict.Parameters.Where(p => p.Type.Name.EndsWith("Span", StringComparison.Ordinal)).Select(p => p.Name)));
    }

    [Theory]
    [InlineData("[Network, Input(3), Dense(1)] public partial class @event;")]
    [InlineData("namespace @int { [Network, Input(3), Dense(1)] public partial class Net; }")]
    [InlineData("public partial class @event { [Network, Input(3), Dense(1)] public partial class @int; }")]
    public void AKeywordMayBeAName(string text) => Assert.Empty(Generate(text).GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && d.Id != "CS8981"));

    private static Compilation Generate(string text)
    {
        CSharpGeneratorDriver.Create(new NetworkGenerator()).RunGeneratorsAndUpdateCompilation(TestSource.Compile(Header + text), out Compilation updated, out _);
        return updated;
    }

    private static CompiledShell Shell(ModelSpec model) => new("// shell of " + model.Type.FullName, []);

    private static GeneratorRunResult Run(string text, Func<ModelSpec, CompiledShell> shell, Func<ModelSpec, EmitOptions, string?>? kernels = null)
    {
        GeneratorRunResult result = Assert.Single(CSharpGeneratorDriver.Create(new NetworkGenerator(shell, kernels ?? ((_, _) => "// kernels"))).RunGenerators(TestSource.Compile(Header + text)).GetRunResult().Results);
        Assert.Null(result.Exception);
        return result;
    }

    private static IEnumerable<string> Hints(GeneratorRunResult result) => result.GeneratedSources.Select(s => s.HintName).OrderBy(n => n, StringComparer.Ordinal);
}
