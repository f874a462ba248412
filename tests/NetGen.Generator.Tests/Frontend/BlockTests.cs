using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>What the frontend itself says of blocks.</summary>
public sealed class BlockTests
{
    private const string Header = "using NetGen; using Words;\n";

    [Theory]
    [InlineData("[Loop] public sealed class LoopAttribute : BlockAttribute;", "Loop → Loop")]
    [InlineData("[Plain, B] public sealed class LoopAttribute : BlockAttribute; [Block<LoopAttribute>] public sealed class BAttribute : BlockAttribute;", "Loop → B → Loop")]
    public void ABlockThatContainsItself(string blocks, string path) =>
        AssertProblem("[Network, Plain, Loop] public partial class Net;" + blocks, new Problem("NG0016", 1, null, $"The block Loop contains itself: {path}."));

    [Fact]
    public void ASelfContainingBlockThroughGenericArguments() =>
        Assert.Contains("contains itself", Assert.Single(Read("[Network, G<int>] public partial class Net; [G<T[]>] public sealed class GAttribute<T> : BlockAttribute;", errors: true).Problems).Message, StringComparison.Ordinal);

    [Fact]
    public void BlocksThatDoubleEachOtherEnd()
    {
        string blocks = string.Concat(Enumerable.Range(0, 40).Select(i => $"[D{i + 1}, D{i + 1}] public sealed class D{i}Attribute : BlockAttribute;\n"));
        AssertProblem("[Network, D0] public partial class Net;" + blocks + "[Plain] public sealed class D40Attribute : BlockAttribute;",
            new Problem("NG0025", 0, null, "The blocks of this network hold more than 10000 attributes."));
    }

    [Fact]
    public void DeepNestingEnds()
    {
        string blocks = string.Concat(Enumerable.Range(0, 1000).Select(i => $"[D{i + 1}] public sealed class D{i}Attribute : BlockAttribute;\n"));
        AssertProblem("[Network, D0] public partial class Net;" + blocks + "[Plain] public sealed class D1000Attribute : BlockAttribute;",
            new Problem("NG0025", 0, null, "Blocks are nested more than 64 deep."));
    }

    private const string Unit = "[Plain] public sealed class UnitAttribute(int a, int b = 2) : BlockAttribute;";

    [Theory]
    [InlineData("[Network, Block<BlockAttribute>] public partial class Net;", null, "BlockAttribute is no block that can be applied; Block<T> needs a class with layers of its own.")]
    [InlineData("[Network, Block<BlockAttribute<UnitAttribute>>] public partial class Net;" + Unit, null, "BlockAttribute is no block that can be applied; Block<T> needs a class with layers of its own.")]
    [InlineData("[Network, Block<UnitAttribute>(1, 2, \"a\")] public partial class Net;" + Unit, "Arguments", "Unit takes (a, b), found 3 arguments.")]
    [InlineData("[Network, Block<UnitAttribute>] public partial class Net;" + Unit, null, "Unit takes (a, b), found 0 arguments.")]
    [InlineData("[Network, Block<HiddenAttribute>] public partial class Net; [Plain] public sealed class HiddenAttribute : BlockAttribute { private HiddenAttribute() { } }", null, "Hidden takes no arguments, because it has no public constructor, found 0 arguments.")]
    [InlineData("[Network, Block<NamedAttribute>(1)] public partial class Net; [Plain] public sealed class NamedAttribute(int repeat) : BlockAttribute;", null, "The parameter repeat of the block Named has the name of a modifier that every block has; give it another.")]
    public void BlocksThatCannotBeUsedSo(string text, string? argument, string message) => AssertProblem(text, new Problem("NG0026", 0, argument, message));

    [Fact]
    public void GenericUseTakesTheConstructorThatFits()
    {
        const string Text = """
            [Network, Block<TwoAttribute>(1), Block<TwoAttribute>("n", 2), Block<RestAttribute>(1, "2 * n", 3)] public partial class Net;
            [Plain] public sealed class TwoAttribute : BlockAttribute { public TwoAttribute(int size) { } public TwoAttribute(int width, int height) { } }
            [Plain] public sealed class RestAttribute(int first, params int[] others) : BlockAttribute;
            """;
        Assert.Equal(
            """
            0 block Two(Size: 1) with (size)
              0 Plain()
            1 block Two(Width: "n", Height: 2) with (width, height)
              1 Plain()
            2 block Rest(First: 1, Others: ["2 * n", 3]) with (first, others)
              2 Plain()

            """,
            SpecText.Of(Read(Text).Model.Elements));
    }

    /// <summary>A block whose own block comes from an assembly that the user does not reference: no error of C#'s, and a silently shorter network.</summary>
    [Fact]
    public void ABlockOfAMissingAssembly()
    {
        CSharpCompilation inner = TestSource.Compile(Header + "[Plain] public sealed class InnerAttribute : BlockAttribute;", "Inner");
        CSharpCompilation outer = TestSource.Compile(Header + "[Inner, Plain] public sealed class OuterAttribute : BlockAttribute;", "Outer", references: TestSource.ToReference(inner));
        CSharpCompilation app = TestSource.Compile(Header + "[Network, Plain, Outer] public partial class Net;", references: TestSource.ToReference(outer));
        FrontendResult result = TestSource.Read(app);
        Assert.False(result.IsComplete);
        Assert.Equal(
            new Problem("NG0027", 1, null, "The attribute InnerAttribute on OuterAttribute of the assembly Outer cannot be read; is Inner referenced in the version that it was built with?"),
            Assert.Single(result.Problems));
    }

    [Fact]
    public void ABlocksConstructorThatChanged()
    {
        static CSharpCompilation Inner(string parameters) => TestSource.Compile(Header + $"[Plain] public sealed class InnerAttribute({parameters}) : BlockAttribute;", "Inner");
        CSharpCompilation outer = TestSource.Compile(Header + "[Inner(1)] public sealed class OuterAttribute : BlockAttribute;", "Outer", references: TestSource.ToReference(Inner("int a")));
        CSharpCompilation app = TestSource.Compile(Header + "[Network, Outer] public partial class Net;", references: [TestSource.ToReference(outer), TestSource.ToReference(Inner("int a, int b"))]);
        Assert.Equal("NG0027", Assert.Single(TestSource.Read(app).Problems).Id);
    }

    private static FrontendResult Read(string text, bool errors = false)
    {
        CSharpCompilation compilation = TestSource.Compile(Header + text);
        Assert.True(errors || !compilation.GetDiagnostics().Any(d => d.Severity == DiagnosticSeverity.Error), string.Join("\n", compilation.GetDiagnostics()));
        return TestSource.Read(compilation);
    }

    private static void AssertProblem(string text, Problem problem) => Assert.Equal(problem, Assert.Single(Read(text).Problems));
}
