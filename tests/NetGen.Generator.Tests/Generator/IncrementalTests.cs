using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>What an edit re-runs. The frontend reads anew whenever the compilation changes; everything behind it must come from the cache unless the model changed.</summary>
public sealed class IncrementalTests
{
    private const string First = """
        using NetGen; using Words;
        namespace A;
        [Network, Input(3), Sized(4, Name = "first"), Unit(2)]
        public partial class First;
        """;

    private const string Second = """
        using NetGen; using Words;
        namespace B;
        [Network, Input(3), Plain]
        public partial class Second;
        """;

    private const string Unit = """
        using NetGen; using Words;
        [Sized(nameof(a)), Plain]
        public sealed class UnitAttribute(int a) : BlockAttribute;
        """;

    /// <summary>Edits that leave the models equal: old text, new text.</summary>
    public static readonly TheoryData<string, string> Neutral = new()
    {
        { "public partial class First;", "/* a comment */ public partial class First; // another" },
        { "[Network, Input(3), Sized(4, Name = \"first\"), Unit(2)]", "[Network]\n[Input(3)]\n\n[Sized(4, Name = \"first\")]\n  [Unit(2)]" },
        { "[Network, Input(3), Sized", "[Input(3), Network, Sized" },
        { "Sized(4, Name", "Sized(2 + 2, Name" },
        { "Unit(2)", "Unit(a: 2)" },
        { "Name = \"first\"", "Name = \"fi\" + \"rst\"" },
        { "public partial class First;", "public partial class First { public int first; public void Method() { } }" },
        { "public partial class First;", "[System.Serializable] public partial class First : System.IComparable { public int CompareTo(object other) => 0; }" },
        { "namespace A;", "using System;\nnamespace A;" },
        { "public partial class Second;", "public partial class Second; // edited" },
        { "[Sized(nameof(a)), Plain]", "[Sized(\"a\")] [Plain]" },
        { "namespace Unrelated;", "namespace Unrelated; class C { int x = 3; }" },
    };

    [Theory]
    [MemberData(nameof(Neutral))]
    public void AnEditThatLeavesTheModelsEqualRerunsNothing(string old, string edited)
    {
        (GeneratorRunResult result, GeneratorRunResult before) = Edit(old, edited);
        Assert.All(Reasons(result, NetworkGenerator.Networks), r => Assert.True(r is IncrementalStepRunReason.Unchanged or IncrementalStepRunReason.Cached, r.ToString()));
        foreach (string step in new[] { NetworkGenerator.HintNames, NetworkGenerator.Shells, NetworkGenerator.Kernels })
        {
            // The names are collected anew, and found equal; whatever is compiled is not even looked at.
            Assert.All(Reasons(result, step), r => Assert.True(r == IncrementalStepRunReason.Cached || (step == NetworkGenerator.HintNames && r == IncrementalStepRunReason.Unchanged), $"{step}: {r}"));
        }

        Assert.All(OutputReasons(result), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
        Assert.Equal(Texts(before), Texts(result));
    }

    [Fact]
    public void AnUnrelatedFileRerunsNothing()
    {
        (GeneratorRunResult result, _) = Edit(c => c.AddSyntaxTrees(CSharpSyntaxTree.ParseText("class Added { }", CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14), "Added.cs")));
        Assert.All(OutputReasons(result), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Fact]
    public void AReferenceThatDoesNotMatterRerunsNothing()
    {
        MetadataReference added = TestSource.ToReference(TestSource.Compile("public class Elsewhere;", "Elsewhere"));
        (GeneratorRunResult result, _) = Edit(c => c.AddReferences(added));
        Assert.All(OutputReasons(result), r => Assert.Equal(IncrementalStepRunReason.Cached, r));
    }

    [Theory]
    [InlineData("Name = \"first\"", "Name = \"second\"", "A.First")]
    [InlineData("Unit(2)", "Unit(3)", "A.First")]
    [InlineData("[Sized(nameof(a)), Plain]", "[Sized(nameof(a)), Plain, Plain]", "A.First")]
    [InlineData("Input(3), Plain", "Input(4), Plain", "B.Second")]
    public void AnEditOfOneNetworkCompilesOnlyThat(string old, string edited, string network)
    {
        List<string> compiled = [];
        GeneratorDriver driver = Driver(model =>
        {
            compiled.Add(model.Type.FullName);
            return SpecText.Of(model);
        });
        driver = driver.RunGenerators(Start());
        Assert.Equal(["A.First", "B.Second"], compiled);
        compiled.Clear();
        driver.RunGenerators(Replace(Start(), old, edited));
        Assert.Equal([network], compiled);
    }

    /// <summary>Several networks in files of their own and one in a file with another; one is made of an application's block, which lies in an assembly.</summary>
    [Theory]
    [InlineData("MobileNetV3Small(classes: 10)", "MobileNetV3Small(classes: 11)", "Vision.Photographs")]
    [InlineData("MobileNetV3Small(classes: 10)", "MobileNetV3Small(classes: 10, minimalistic: true)", "Vision.Photographs")]
    [InlineData("Input(64, 64, 3)", "Input(96, 64, 3)", "Vision.Photographs")]
    [InlineData("Dense(2)", "Dense(3)", "Vision.Small")]
    [InlineData("Unit(2)", "Unit(3)", "A.First")]
    [InlineData("[Sized(nameof(a)), Plain]", "[Sized(nameof(a)), Plain, Plain]", "A.First")]
    [InlineData("public partial class Small;", "public partial class Small { public int photographs; }", null)]
    [InlineData("MobileNetV3Small(classes: 10)", "MobileNetV3Small(alpha: 1.0, classes: 5 + 5)", null)]
    [InlineData("MobileNetV3Small(classes: 10)", "MobileNetV3Small(5 + 5)", null)]
    public void AnApplicationsNetworkIsCompiledWhenItIsEdited(string old, string edited, string? network)
    {
        const string vision = """
            using NetGen;
            namespace Vision;
            [Network, Input(64, 64, 3), MobileNetV3Small(classes: 10)]
            public partial class Photographs;
            [Network, Input(4), Dense(2)]
            public partial class Small;
            """;
        CSharpCompilation start = Start().AddSyntaxTrees(CSharpSyntaxTree.ParseText(vision, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14), "Vision.cs"))
            .AddReferences(MetadataReference.CreateFromFile(typeof(MobileNetV3SmallAttribute).Assembly.Location));
        Assert.DoesNotContain(start.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        List<string> compiled = [];
        GeneratorDriver driver = Driver(model =>
        {
            compiled.Add(model.Type.FullName);
            return SpecText.Of(model);
        });
        driver = driver.RunGenerators(start);
        Assert.Equal(["A.First", "B.Second", "Vision.Photographs", "Vision.Small"], compiled.Order());
        compiled.Clear();
        driver = driver.RunGenerators(Replace(start, old, edited));
        Assert.Equal(network is null ? [] : [network], compiled);

        // The other networks' files come out of the cache as well, and only they.
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        Assert.Equal(network is null ? 0 : 1, Reasons(result, NetworkGenerator.Kernels).Count(r => r is not (IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged)));
        Assert.Equal(8, result.GeneratedSources.Length);
    }

    [Fact]
    public void ANetworkMoreCompilesOnlyThat()
    {
        List<string> compiled = [];
        GeneratorDriver driver = Driver(model =>
        {
            compiled.Add(model.Type.FullName);
            return "";
        });
        driver = driver.RunGenerators(Start());
        compiled.Clear();
        driver.RunGenerators(Start().AddSyntaxTrees(CSharpSyntaxTree.ParseText("[NetGen.Network] partial class Third;", CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.CSharp14), "Third.cs")));
        Assert.Equal(["Third"], compiled);
    }

    /// <summary>The other order of files gives the same bytes.</summary>
    [Fact]
    public void TheOrderOfFilesDoesNotMatter()
    {
        CSharpCompilation start = Start();
        CSharpCompilation reversed = start.RemoveAllSyntaxTrees().AddSyntaxTrees(start.SyntaxTrees.Reverse());
        GeneratorRunResult one = Driver(Full).RunGenerators(start).GetRunResult().Results[0];
        GeneratorRunResult other = Driver(Full).RunGenerators(reversed).GetRunResult().Results[0];
        Assert.Equal(Texts(one), Texts(other));
    }

    private static string Full(ModelSpec model) => "// " + SpecText.Of(model);

    private static CSharpCompilation Start() => TestSource.CompileFiles([("First.cs", First), ("Second.cs", Second), ("Unit.cs", Unit), ("Unrelated.cs", "namespace Unrelated;")]);

    private static CSharpGeneratorDriver Driver(Func<ModelSpec, string> kernels) => CSharpGeneratorDriver.Create(
        [new NetworkGenerator(m => new CompiledShell(SpecText.Of(m), []), (m, _) => kernels(m)).AsSourceGenerator()],
        parseOptions: new CSharpParseOptions(LanguageVersion.CSharp14),
        driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    private static CSharpCompilation Replace(CSharpCompilation compilation, string old, string edited)
    {
        SyntaxTree tree = compilation.SyntaxTrees.Single(t => t.ToString().Contains(old, StringComparison.Ordinal));
        return compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(Microsoft.CodeAnalysis.Text.SourceText.From(tree.ToString().Replace(old, edited, StringComparison.Ordinal))));
    }

    private static (GeneratorRunResult After, GeneratorRunResult Before) Edit(string old, string edited) => Edit(c => Replace(c, old, edited));

    private static (GeneratorRunResult After, GeneratorRunResult Before) Edit(Func<CSharpCompilation, CSharpCompilation> edit)
    {
        GeneratorDriver driver = Driver(Full).RunGenerators(Start());
        GeneratorRunResult before = driver.GetRunResult().Results[0];
        CSharpCompilation after = edit(Start());
        Assert.DoesNotContain(after.GetDiagnostics(), d => d.Severity == DiagnosticSeverity.Error);
        return (driver.RunGenerators(after).GetRunResult().Results[0], before);
    }

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorRunResult result, string step)
    {
        Assert.True(result.TrackedSteps.ContainsKey(step), step);
        return result.TrackedSteps[step].SelectMany(s => s.Outputs).Select(o => o.Reason);
    }

    private static IEnumerable<IncrementalStepRunReason> OutputReasons(GeneratorRunResult result) =>
        result.TrackedOutputSteps.SelectMany(s => s.Value).SelectMany(s => s.Outputs).Select(o => o.Reason);

    private static IEnumerable<string> Texts(GeneratorRunResult result) =>
        result.GeneratedSources.OrderBy(s => s.HintName, StringComparer.Ordinal).Select(s => s.HintName + "\n" + s.SourceText);
}
