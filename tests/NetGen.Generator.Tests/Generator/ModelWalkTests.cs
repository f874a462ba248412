using System.Collections;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator.Tests;

/// <summary>
/// No value of the pipeline holds on to a compilation: symbols, syntax and locations would root old ones, and would never compare equal.
/// </summary>
public sealed class ModelWalkTests
{
    private const string Text = """
        using NetGen; using Words;
        [Network(Training = false), Input(3), Sized(1, Strides = new[] { 1, 2 }, Tone = Tone.Top, Typed = Tone.Low, Rate = 0.5f, Shown = typeof(Net), Flag = true), Unit(2), Block<UnitAttribute>("3")]
        public partial class Net;
        [Sized(nameof(a)), Plain] public sealed class UnitAttribute(int a, Tone b = Tone.Low, string c = "") : BlockAttribute;
        """;

    [Fact]
    public void NoValueOfThePipelineHoldsACompilation()
    {
        GeneratorRunResult result = CSharpGeneratorDriver.Create(
            [new NetworkGenerator(m => new CompiledShell("// shell", []), (m, _) => "// kernels").AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true))
            .RunGenerators(TestSource.Compile(Text)).GetRunResult().Results[0];
        string[] ours = [NetworkGenerator.Networks, NetworkGenerator.HintNames, NetworkGenerator.Shells, NetworkGenerator.Kernels];
        HashSet<Type> met = [];
        foreach (string step in ours)
        {
            Assert.NotEmpty(result.TrackedSteps[step]);
            foreach ((object? value, _) in result.TrackedSteps[step].SelectMany(s => s.Outputs))
            {
                Walk(value, step, new HashSet<object>(ReferenceEqualityComparer.Instance), met);
            }
        }

        // The walk went where it should.
        Assert.Superset(new HashSet<Type> { typeof(ModelSpec), typeof(TypeSpec), typeof(LayerSpec), typeof(BlockSpec), typeof(BlockParameter), typeof(EnumValue), typeof(ArrayValue), typeof(GeneratedFile) }, met);
    }

    private static void Walk(object? value, string path, HashSet<object> seen, HashSet<Type> met)
    {
        if (value is null || value is string || value.GetType().IsPrimitive || value.GetType().IsEnum || !seen.Add(value))
        {
            return;
        }

        Type type = value.GetType();
        met.Add(type);
        Assert.False(value is ISymbol or SyntaxNode or SyntaxTree or Location or Compilation or SemanticModel or Diagnostic or AttributeData or Delegate or SyntaxReference, $"{path} is a {type}");
        Assert.True(
            type.Namespace is "NetGen.Generator" or "System" || type.FullName!.StartsWith("System.Collections.Immutable.ImmutableArray", StringComparison.Ordinal) || type.IsArray,
            $"{path} is a {type}, which is no type of the model");
        if (value is IEnumerable items && type.Namespace != "NetGen.Generator")
        {
            foreach (object? item in items)
            {
                Walk(item, path + "[]", seen, met);
            }

            return;
        }

        for (Type? t = type; t is not null && t != typeof(object); t = t.BaseType)
        {
            foreach (FieldInfo field in t.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                Walk(field.GetValue(value), $"{path}.{field.Name}", seen, met);
            }
        }
    }
}
