using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator.Tests;

public sealed class CodeFixTests
{
    private const string Header = "using NetGen;\n";

    [Theory]
    [InlineData("[Network, Input(3), Dense(1)] public class Net;", "[Network, Input(3), Dense(1)] public partial class Net;")]
    [InlineData("[Network, Input(3), Dense(1)] public sealed class Net { }", "[Network, Input(3), Dense(1)] public sealed partial class Net { }")]
    [InlineData("// What it is.\n[Network, Input(3), Dense(1)]\n// More.\nclass Net;", "// What it is.\n[Network, Input(3), Dense(1)]\n// More.\npartial class Net;")]
    [InlineData("class Outer { [Network, Input(3), Dense(1)] partial class Net; }", "partial class Outer { [Network, Input(3), Dense(1)] partial class Net; }")]
    [InlineData("/* o */ public struct Outer { [Network, Input(3), Dense(1)] partial class Net; }", "/* o */ public partial struct Outer { [Network, Input(3), Dense(1)] partial class Net; }")]
    public async Task AddsPartial(string before, string after) => Assert.Equal(("Make it partial", after), await Fix(before, new AddPartialCodeFix()));

    [Theory]
    [InlineData("[Input(4), Dense(3, Name = \"main\"), Dense(2), Add(\"main\", \"mian\")]", "[Input(4), Dense(3, Name = \"main\"), Dense(2), Add(\"main\", \"main\")]", "main")]
    [InlineData("[Input(4), Dense(3), Dense(2, From = \"dens\" /* which? */)]", "[Input(4), Dense(3), Dense(2, From = \"dense\" /* which? */)]", "dense")]
    [InlineData("[Input(4), Dense(3), Dense(2, From = @\"dens\")]", "[Input(4), Dense(3), Dense(2, From = \"dense\")]", "dense")]
    [InlineData("[Input(4), Dense(4), Reuse(\"desne\")]", "[Input(4), Dense(4), Reuse(\"dense\")]", "dense")]
    [InlineData("[Input(4), Dense(4), Output(\"desne\")]", "[Input(4), Dense(4), Output(\"dense\")]", "dense")]
    [InlineData("[Input(4), Dense(\"2 * chanels + channels\")]", "[Input(4), Dense(\"2 * channels + channels\")]", "channels")]
    [InlineData("[Input(4), Dense($\"{\"2\"} * chanels\")]", "[Input(4), Dense($\"{\"2\"} * channels\")]", "channels")]
    [InlineData("[Input(4), Dense(3, KernelInitializer = \"HeNoraml(seed: 3)\")]", "[Input(4), Dense(3, KernelInitializer = \"HeNormal(seed: 3)\")]", "HeNormal")]
    [InlineData("[Input(4), Dense(3, Activation = \"rleu\")]", "[Input(4), Dense(3, Activation = \"ReLU\")]", "ReLU")]
    public async Task MendsANearlyRightName(string before, string after, string name)
    {
        const string Class = "\n[Network] public partial class Net;";
        Assert.Equal(($"Change to '{name}'", after + Class), await Fix(before + Class, new NearestNameCodeFix()));
    }

    /// <summary>A name that C# knows, or none that is near, has no text to mend.</summary>
    [Theory]
    [InlineData("[Input(4), Dense(3), Dense(2, From = \"elsewhere\")]")]
    [InlineData("[Input(4), Dense(3), Dense(2, From = nameof(Dens))]")]
    public async Task OffersNothingElse(string tape) =>
        Assert.Null(await Fix(tape + "\n[Network] public partial class Net; class Dens;", new NearestNameCodeFix()));

    /// <summary>Applies the fix of the only diagnostic that the provider can fix; gives its title and the new text, or null where there is none.</summary>
    private static async Task<(string Title, string Text)?> Fix(string text, CodeFixProvider provider)
    {
        using AdhocWorkspace workspace = new();
        CSharpCompilation references = TestSource.Compile("");
        Document document = workspace.AddProject(ProjectInfo.Create(
                ProjectId.CreateNewId(), VersionStamp.Default, "App", "App", LanguageNames.CSharp,
                compilationOptions: references.Options,
                parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
                metadataReferences: references.References))
            .AddDocument("Test.cs", SourceText.From(Header + text));
        Compilation compilation = (await document.Project.GetCompilationAsync())!;
        Diagnostic diagnostic = Assert.Single(await TestSource.Analyze(compilation, new NetworkAnalyzer()), d => provider.FixableDiagnosticIds.Contains(d.Id));
        List<CodeAction> actions = [];
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        if (actions.Count == 0)
        {
            return null;
        }

        CodeAction action = Assert.Single(actions);
        ApplyChangesOperation changes = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.GetOperationsAsync(CancellationToken.None)));
        string changed = (await changes.ChangedSolution.GetDocument(document.Id)!.GetTextAsync()).ToString();
        return (action.Title, changed[Header.Length..]);
    }
}
