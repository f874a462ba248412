using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using NetGen.Importing;

namespace NetGen.Generator.Tests;

/// <summary>What the importers write as attributes is read again as what it was.</summary>
public sealed class AttributeTextTests
{
    /// <summary>Texts, with what C# must escape.</summary>
    private static readonly TextValue Text = new("a \"b\" \\c\n\u2028\ud83d\ude00é{0}");

    [Fact]
    public void Tapes_of_every_layer()
    {
        string[] tapes = [.. LayerSamples.All.Where(t => TapeText.Parse(t).Elements.All(e => e is LayerSpec))];
        Assert.True(tapes.Length > LayerSamples.All.Length / 2);
        CSharpCompilation written = TestSource.Compile(Classes(tapes));
        AreReadAsWritten([.. tapes.Select((_, i) => Elements(written, i))]);
    }

    [Fact]
    public void Every_argument_of_every_layer()
    {
        List<ElementSpec[]> tapes = [];
        foreach (string kind in LayerTable.All.Select(l => l.Kind))
        {
            Type attribute = AttributeText.Find(kind)!;
            ConstructorInfo constructor = attribute.GetConstructors().MaxBy(c => c.GetParameters().Count(p => !p.IsOptional))!;
            ArgumentSpec[] required = [.. constructor.GetParameters().Where(p => !p.IsOptional).Select(p => new ArgumentSpec(PascalCase.From(p.Name!), Values(p.ParameterType).First()))];
            foreach (PropertyInfo property in attribute.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && required.All(r => r.Name != p.Name)))
            {
                tapes.AddRange(Values(property.PropertyType).Select(value => new ElementSpec[] { new LayerSpec(kind, required.Append(new ArgumentSpec(property.Name, value)).ToEquatableArray(), 0) }));
            }
        }

        Assert.True(tapes.Count > 1000);
        AreReadAsWritten(tapes);
    }

    private static IEnumerable<ArgumentValue> Values(Type type) =>
        type == typeof(bool) ? [new BooleanValue(true), new BooleanValue(false)]
        : type == typeof(int) ? [new IntegerValue(-3), new IntegerValue(int.MaxValue)]
        : type == typeof(double) ? [new NumberValue(0.25), new NumberValue(-4), new NumberValue(1e-300), new NumberValue(double.NegativeInfinity)]
        : type == typeof(string) ? [Text]
        : type.IsEnum ? [new EnumValue(type.Name, Enum.GetNames(type)[^1])]
        : type == typeof(object) ? [new IntegerValue(2), new NumberValue(0.1), Text, new ArrayValue(EquatableArray.Of<ArgumentValue>(new IntegerValue(1), new IntegerValue(-2))), new ArrayValue(EquatableArray.Of<ArgumentValue>(new NumberValue(1), new NumberValue(0.5)))]
        : type.IsArray ? [.. Values(type.GetElementType()!).Select(v => new ArrayValue(EquatableArray.Of(v))), new ArrayValue(EquatableArray.Of([.. Values(type.GetElementType()!)]))]
        : Nullable.GetUnderlyingType(type) is { } inner ? Values(inner)
        : throw new NotSupportedException($"There are no values of {type}.");

    private static void AreReadAsWritten(IReadOnlyList<ElementSpec[]> tapes)
    {
        CSharpCompilation compilation = TestSource.Compile(Classes(tapes.Select(elements => string.Concat(elements.Select(e => $"[{AttributeText.Of(e)}]\n")))));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
        for (int i = 0; i < tapes.Count; i++) Assert.Equal(tapes[i].Select(Sorted), Elements(compilation, i).Select(Sorted));
    }

    /// <summary>The order of named arguments says nothing.</summary>
    private static string Sorted(ElementSpec element) => $"{element.Kind}({string.Join(", ", element.Arguments.OrderBy(a => a.Name, StringComparer.Ordinal).Select(a => $"{a.Name}: {a.Value.GetType().Name} {a.Value}"))})";

    private static string Classes(IEnumerable<string> tapes) =>
        tapes.Select((tape, i) => $"[Network]\n{tape}\npublic partial class Net{i};\n").Aggregate(new StringBuilder("using NetGen;\n"), (text, type) => text.Append(type)).ToString();

    private static ElementSpec[] Elements(Compilation compilation, int index) => [.. TestSource.Read(compilation, "Net" + index).Model!.Elements];
}
