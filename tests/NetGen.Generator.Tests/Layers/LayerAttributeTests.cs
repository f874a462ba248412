using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>The attribute of each layer says what the layer reads, and compiles as users write it.</summary>
public sealed class LayerAttributeTests
{
    public static TheoryData<string> Kinds => [.. LayerTable.All.Select(l => l.Kind)];

    public static TheoryData<string> Tapes => [.. LayerSamples.All, .. LayerSamples.Replacing];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_attribute_has_the_arguments_that_the_layer_reads(string kind)
    {
        Type attribute = TapeText.AttributeOf(kind);
        Layer layer = LayerTable.Find(kind)!;
        string[] expected = [.. layer.Inputs.Most > 1 ? layer.Arguments.Append(TapeWords.MergeInputs) : layer.Arguments];
        string[] properties = [.. attribute.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.DeclaringType!.IsSubclassOf(typeof(LayerAttribute))).Select(p => p.Name).Where(p => p != "Mask")];
        Assert.Equal(expected.Order(), properties.Order());
        Assert.All(
            attribute.GetConstructors().SelectMany(c => c.GetParameters()),
            p => Assert.Contains(PascalCase.From(p.Name!), properties));
    }

    [Fact]
    public void Every_layer_attribute_is_a_layer()
    {
        IEnumerable<string> attributes = typeof(LayerAttribute).Assembly.GetTypes().Where(t => !t.IsAbstract && t.IsSubclassOf(typeof(LayerAttribute))).Select(t => (t.IsNested ? t.DeclaringType!.Name + "." : "") + t.Name.Replace("Attribute", "", StringComparison.Ordinal));
        Assert.Empty(attributes.Except(LayerTable.All.Select(l => l.Kind)));
    }

    [Theory]
    [MemberData(nameof(Tapes))]
    public void The_tape_compiles_and_reads_as_it_is_written(string tape)
    {
        CSharpCompilation compilation = TestSource.Compile($"using NetGen;\n[Network]\n{tape}\npublic partial class Net;");
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        FrontendResult result = TestSource.Read(compilation);
        Assert.Empty(result.Problems);
        Assert.Equal(TapeText.Graph(tape).ToString(), Tape.Build(result.Model!, training: false).Graph.ToString());
    }
}
