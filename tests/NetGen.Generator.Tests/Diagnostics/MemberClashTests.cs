using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests;

/// <summary>Which members of a user's C# would refuse beside the generated ones. The oracle is the C# compiler, given both parts.</summary>
public sealed class MemberClashTests
{
    private const string Net = "[Network, Input(4), Dense(2)] public partial class Net ";
    private const string Writer = "[Network, Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), LSTM(8, ReturnSequences = true), Dense(9), Decode] public partial class Net ";

    public static readonly TheoryData<string> Clashing =
    [
        Net + "{ public const int {|NG0029:InputSize|} = 4; }",
        Net + "{ public int {|NG0029:OutputSize|} => 4; }",
        Net + "{ public string? {|NG0029:Summary|}; }",
        Net + "{ public class {|NG0029:Predict|}; }",
        Net + "{ public event System.Action {|NG0029:Summary|} { add { } remove { } } }",
        Net + "{ public void {|NG0029:Summary|}() { } }",
        Net + "{ public void {|NG0029:Predict|}(System.ReadOnlySpan<float> a, System.Span<float> b, int c) { } }",
        Net + "{ public int {|NG0029:Predict|}(System.ReadOnlySpan<float> a, System.Span<float> b, int c) => 1; }",
        Net + "{ public {|NG0029:Net|}(ulong seed) { } }",
        Net + "{ private int {|NG0029:CreateTraining|}; public int Get() => CreateTraining++; }",
        Net + "{ } public partial class Net { public const int {|NG0029:InputSize|} = 4; public const int {|NG0029:OutputSize|} = 4; }",
        "[Network, Input(4), Dense(2)] public partial class {|NG0029:Predict|};",
        "[Network, Input(4), Dense(2)] public partial class {|NG0029:Summary|};",
        "[Network, Input(4), Dense(2)] public partial class {|NG0029:InputSize|};",
        "public partial class Outer { [Network, Input(4), Dense(2)] public partial class {|NG0029:OutputSize|}; }",
        Writer + "{ public int {|NG0029:Decode|}; }",
        Writer + "{ public int {|NG0029:Decode|}(System.Span<int> target, DecodeOptions options) => 0; }",
        Writer + "{ public InferenceStream {|NG0029:CreateStream|}(int samples = 1) => null!; }",
    ];

    public static readonly TheoryData<string> Fitting =
    [
        Net + "{ public float Predict(float a) => a; public void Predict<T>(System.ReadOnlySpan<float> a, System.Span<float> b, int c) { } }",
        Net + "{ public Net(string path) : this(1UL) { } static Net() { } }",
        Net + "{ public const int Decode = 1; public static int CreateStream() => 2; }",
        "[Network, Input(4, Name = \"a\"), Input(4, Name = \"b\"), Add(\"a\", \"b\"), Dense(2)] public partial class Net { public const int InputSize = 4; public void Predict(System.ReadOnlySpan<float> a, System.Span<float> b, int c) { } }",
        "[Network, Input(4), Dense(2)] public partial class Decode;",
        "[Network, Input(4), Dense(2)] public partial class Inference { public static int Stream = 1; }",
        "public partial class Predict { public const int InputSize = 3; [Network, Input(4), Dense(2)] public partial class Net; }",
    ];

    [Theory]
    [MemberData(nameof(Clashing))]
    public async Task AClashIsOneClearError(string marked)
    {
        await Verify.Network(marked);
        string text = "using NetGen;\n" + Marked.Parse(marked).Text;

        // With the whole shell beside it, C# refuses the member; what is generated in its place leaves no error of C#'s.
        CSharpCompilation compilation = TestSource.Compile(text);
        INamedTypeSymbol type = Network(compilation);
        ModelSpec model = NetGen.Generator.Frontend.Read(type, CancellationToken.None).Model;
        Assert.NotEmpty(Errors(compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(Compiler.Shell(model).Text, new CSharpParseOptions(LanguageVersion.CSharp14)))));
        Compilation generated = Generate(compilation);
        Assert.Empty(Errors(generated));
        Assert.Equal(2, generated.SyntaxTrees.Count());

        // As in a build: the analyzer sees what was generated too.
        string[] ids = [.. (await TestSource.Analyze(generated, new NetworkAnalyzer())).Select(d => d.Id).Distinct()];
        Assert.Equal(["NG0029"], ids);
    }

    [Theory]
    [MemberData(nameof(Fitting))]
    public async Task OverloadsAndNamesThatAreNotGeneratedFit(string text)
    {
        await Verify.Network(text);
        Compilation generated = Generate(TestSource.Compile("using NetGen;\n" + text));
        Assert.Empty(Errors(generated));
        Assert.Equal(3, generated.SyntaxTrees.Count());
        Assert.Empty(await TestSource.Analyze(generated, new NetworkAnalyzer()));
    }

    /// <summary>While the tape is wrong that alone is told, and the shell of a wrong network clashes with nothing.</summary>
    [Fact]
    public async Task AWrongTapeIsToldFirst()
    {
        const string Wrong = "[Network, Input(4), Dense({|NG0012:0|})] public partial class Net { public const int InputSize = 4; public int Summary; }";
        await Verify.Network(Wrong);
        Assert.Empty(Errors(Generate(TestSource.Compile("using NetGen;\n" + Marked.Parse(Wrong).Text))));
    }

    [Theory]
    [InlineData("{ public const int InputSize = 4; }", "Net has a member InputSize already, from its generated part: give this one another name.")]
    [InlineData("{ public Net(ulong seed) { } }", "Net has the constructor Net(ulong) already, from its generated part: remove this one.")]
    [InlineData("{ public void Predict(System.ReadOnlySpan<float> a, System.Span<float> b, int c) { } }",
        "Net has the method Predict(System.ReadOnlySpan<float>, System.Span<float>, int) already, from its generated part: give this one another name or other parameters.")]
    public async Task SaysWhatToDo(string body, string message)
    {
        Diagnostic found = Assert.Single(await TestSource.Analyze(TestSource.Compile("using NetGen;\n" + Net + body), new NetworkAnalyzer()));
        Assert.Equal(message, found.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Only those names are looked at, so none that a shell declares may lack.</summary>
    [Theory]
    [InlineData(Net + ";")]
    [InlineData(Writer + ";")]
    [InlineData("[Network, Input(4), Dense(0)] public partial class Net;")]
    public void EveryNameThatAShellDeclaresIsKnown(string text)
    {
        ModelSpec model = TestSource.Read(TestSource.Compile("using NetGen;\n" + text)).Model;
        string[] declared =
        [
            .. CSharpSyntaxTree.ParseText(Compiler.Shell(model).Text).GetRoot().DescendantNodes().OfType<ClassDeclarationSyntax>().Last().Members.SelectMany(m => m switch
            {
                FieldDeclarationSyntax field => field.Declaration.Variables.Select(v => v.Identifier.ValueText),
                MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method => [method.Identifier.ValueText],
                PropertyDeclarationSyntax { ExplicitInterfaceSpecifier: null } property => [property.Identifier.ValueText],
                ConstructorDeclarationSyntax or MethodDeclarationSyntax or PropertyDeclarationSyntax => [],
                _ => [m.Kind().ToString()],
            }),
        ];
        Assert.Contains("Predict", declared);
        Assert.Empty(declared.Except(MemberClash.Names));
    }

    private static INamedTypeSymbol Network(CSharpCompilation compilation) => compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type)
        .OfType<INamedTypeSymbol>().Single(t => t.GetAttributes().Any(a => Known.IsNetwork(a.AttributeClass)));

    private static Compilation Generate(CSharpCompilation compilation)
    {
        CSharpGeneratorDriver.Create([new NetworkGenerator().AsSourceGenerator()], parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14))
            .RunGeneratorsAndUpdateCompilation(compilation, out Compilation updated, out _);
        return updated;
    }

    private static IEnumerable<Diagnostic> Errors(Compilation compilation) => compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
}
