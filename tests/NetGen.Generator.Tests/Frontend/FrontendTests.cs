using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

public sealed class FrontendTests
{
    private const string Header = "using NetGen; using Words;\n";

    private const string Blocks = Header + """
        [Sized(nameof(filters), 1, Strides = nameof(strides)), Plain]
        [Sized($"4 * {nameof(filters)}", 1, From = "input", Name = "shortcut")]
        [Join("plain", "shortcut")]
        public sealed class NeckAttribute(int filters, int strides = 1) : BlockAttribute;

        [Neck(8), Block<NeckAttribute>("2 * n", Repeat = "n - 1", Name = "neck{i}")]
        public sealed class StageAttribute(int n, Tone tone = Tone.High, double rate = 0.5, string text = "t") : BlockAttribute;
        """;

    [Fact]
    public void ReadsElementsInOrderOverSeveralLists() => AssertElements(
        """
        [Network]
        [Input(28, 28, 1), Plain]
        [Sized(32, 3, 4), Plain(Name = "last")]
        [Parts.Where, Output("last"), Reuse("plain", From = "input")]
        public partial class Net;
        """,
        """
        0 Input(Shape: [28, 28, 1])
        1 Plain()
        2 Sized(Size: 32, More: [3, 4])
        3 Plain(Name: "last")
        4 Parts.Where()
        5 Output(From: "last")
        6 Reuse(Layer: "plain", From: "input")

        """);

    [Fact]
    public void ReadsEveryKindOfConstant() => AssertElements(
        """
        [Network]
        [Sized(1, Strides = new[] { 2, 1 }, Tone = Tone.Top, Typed = Tone.Low, Rate = 0.1f, Big = ulong.MaxValue, Letter = 'x', Shown = typeof(int[]), Flag = true)]
        [Sized("n - 1", "a", 2.5, true, null, Strides = 0.1, Tone = null, Typed = (Tone)9, Name = nameof(Net) + "x", From = $"{nameof(Net)}/y")]
        [Sized(more: new int[] { 7 }, size: -3)]
        [Sized(new object[] { 1, "b" })]
        public partial class Net;
        """,
        """
        0 Sized(Size: 1, Strides: [2, 1], Tone: Words.Tone.High, Typed: Words.Tone.Low, Rate: 0.10000000149011612, Big: 1.8446744073709552E+19, Letter: "x", Shown: "int[]", Flag: true)
        1 Sized(Size: "n - 1", More: ["a", 2.5, true, "null"], Strides: 0.1, Typed: (Words.Tone)9, Name: "Netx", From: "Net/y")
        2 Sized(Size: -3, More: [7])
        3 Sized(Size: [1, "b"])

        """);

    [Fact]
    public void ReadsTheNetworksOptions() =>
        Assert.StartsWith("public Net [Training: false]\n", SpecText.Of(Read("[Network(Training = false), Plain] public partial class Net;").Model), StringComparison.Ordinal);

    [Fact]
    public void OtherAttributesDoNotCount()
    {
        FrontendResult plain = Read("[Network, Plain, Sized(1)] public partial class Net;");
        FrontendResult mixed = Read("[System.Obsolete, Network, Plain, System.ComponentModel.Description(\"d\")] [Sized(1)] public partial class Net;");
        Assert.Equal(plain, mixed);
    }

    private const string Nested = """
        0 block Stage(N: 3, Tone: Words.Tone.High, Rate: 0.5, Text: "t", Trainable: false) with (n, tone = Words.Tone.High, rate = 0.5, text = "t")
          0 block Neck(Filters: 8, Strides: 1) with (filters, strides = 1)
            0 Sized(Size: "filters", More: [1], Strides: "strides")
            0 Plain()
            0 Sized(Size: "4 * filters", More: [1], From: "input", Name: "shortcut")
            0 Join(Inputs: ["plain", "shortcut"])
          0 block Neck(Filters: "2 * n", Repeat: "n - 1", Name: "neck{i}") with (filters, strides = 1)
            0 Sized(Size: "filters", More: [1], Strides: "strides")
            0 Plain()
            0 Sized(Size: "4 * filters", More: [1], From: "input", Name: "shortcut")
            0 Join(Inputs: ["plain", "shortcut"])
        1 Plain()

        """;

    [Fact]
    public void ReadsBlocksFromSource() =>
        Assert.Equal(Nested, SpecText.Of(TestSource.Read(TestSource.Compile(Blocks + "[Network, Stage(3, Trainable = false), Plain] public partial class Net;")).Model.Elements));

    [Fact]
    public void ReadsBlocksFromMetadata()
    {
        CSharpCompilation library = TestSource.Compile(Blocks, "Library");
        CSharpCompilation app = TestSource.Compile(Header + "[Network, Stage(3, Trainable = false), Plain] public partial class Net;", references: TestSource.ToReference(library));
        Assert.Empty(app.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error && d.Id != "CS8795"));
        FrontendResult result = TestSource.Read(app);
        Assert.True(result.IsComplete);
        Assert.Equal(Nested, SpecText.Of(result.Model.Elements));
    }

    /// <summary>The order in metadata must be that of the source, for tapes of any length; Roslyn promises it nowhere.</summary>
    [Fact]
    public void MetadataKeepsTheOrderOfALongTape()
    {
        string layers = string.Concat(Enumerable.Range(0, 500).Select(i => i % 3 == 0 ? $"[Plain(Name = \"a{i}\")]" : i % 3 == 1 ? $"[Sized({i}, Name = \"a{i}\")]" : $"[Join(\"x\", Name = \"a{i}\")]"));
        CSharpCompilation library = TestSource.Compile(Header + layers + "public sealed class LongAttribute : BlockAttribute;", "Library");
        CSharpCompilation app = TestSource.Compile(Header + "[Network, Long] public partial class Net;", references: TestSource.ToReference(library));
        BlockSpec block = Assert.IsType<BlockSpec>(Assert.Single(TestSource.Read(app).Model.Elements));
        Assert.Equal(Enumerable.Range(0, 500).Select(i => new TextValue($"a{i}")), block.Body.Select(e => e.Find("Name")!.Value));
    }

    [Theory]
    [InlineData("public partial class Net;", "", "Net", "public", false)]
    [InlineData("namespace A.B { sealed partial class Net; }", "A.B", "Net", "internal", true)]
    [InlineData("namespace @class.@partial { public partial class @event; }", "@class.@partial", "@event", "public", false)]
    public void ReadsTheType(string declaration, string space, string name, string accessibility, bool isSealed)
    {
        string text = Header + declaration.Replace("sealed partial", "[Network] sealed partial", StringComparison.Ordinal).Replace("public partial", "[Network] public partial", StringComparison.Ordinal);
        TypeSpec type = TestSource.Read(TestSource.Compile(text), (space + "." + name).TrimStart('.').Replace("@", "", StringComparison.Ordinal)).Model.Type;
        Assert.Equal(new TypeSpec(space, [], name, accessibility, isSealed), type);
    }

    [Fact]
    public void ReadsContainers()
    {
        const string Text = Header + """
            namespace N;
            static partial class A { partial struct B { partial interface C { partial record D { partial record struct E { [Network] protected internal partial class Net; } } } } }
            """;
        TypeSpec type = TestSource.Read(TestSource.Compile(Text), "N.A+B+C+D+E+Net").Model.Type;
        Assert.Equal(["class A", "struct B", "interface C", "record D", "record struct E"], type.Containers);
        Assert.Equal("protected internal", type.Accessibility);
        Assert.Equal("N.A.B.C.D.E.Net", type.FullName);
    }

    [Theory]
    [InlineData("[Network, Missing(3), Plain] public partial class Net;")]
    [InlineData("[Network, Sized(), Plain] public partial class Net;")]
    [InlineData("[Network, Plain(Name = System.Environment.NewLine)] public partial class Net;")]
    [InlineData("[Network, Sized(1, more: new int[] { 1, System.Environment.ProcessId })] public partial class Net;")]
    [InlineData("[Network, Block<Missing>(3)] public partial class Net;")]
    [InlineData("[Network, Plain(Nme = \"x\")] public partial class Net;")]
    public void AnErrorOfCSharpMakesTheModelIncomplete(string text)
    {
        FrontendResult result = Read(text);
        Assert.False(result.IsComplete);
        Assert.Empty(result.Problems);
    }

    [Fact]
    public void EqualTextsGiveEqualModels()
    {
        string text = Blocks + "[Network, Input(3), Stage(3), Plain] public partial class Net;";
        FrontendResult one = TestSource.Read(TestSource.Compile(text));
        FrontendResult other = TestSource.Read(TestSource.Compile("// a comment\n" + text));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, TestSource.Read(TestSource.Compile(text.Replace("Stage(3)", "Stage(4)", StringComparison.Ordinal))));
    }

    private static FrontendResult Read(string text) => TestSource.Read(TestSource.Compile(Header + text));

    private static void AssertElements(string text, string expected)
    {
        CSharpCompilation compilation = TestSource.Compile(Header + text);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
        FrontendResult result = TestSource.Read(compilation);
        Assert.True(result.IsComplete);
        Assert.Empty(result.Problems);
        Assert.Equal(expected, SpecText.Of(result.Model.Elements));
    }
}
