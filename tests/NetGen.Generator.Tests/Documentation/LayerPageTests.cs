using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Documentation;
using NetGen.Importing;

namespace NetGen.Generator.Tests;

/// <summary>The page of layers is written from their attributes, their documentation and their ONNX form.</summary>
public sealed partial class LayerPageTests
{
    /// <summary>What Keras has under another name or in another module than <c>keras.layers</c>.</summary>
    private static readonly Dictionary<string, string> KerasNames = new()
    {
        ["PositionEmbedding"] = "keras_hub.layers.PositionEmbedding",
        ["SinePositionEncoding"] = "keras_hub.layers.SinePositionEncoding",
        ["TokenAndPositionEmbedding"] = "keras_hub.layers.TokenAndPositionEmbedding",
    };

    /// <summary>The activations that are layers in Keras, too; the others are functions of <c>keras.activations</c> there.</summary>
    private static readonly string[] ActivationLayers = ["Activation", "ELU", "LeakyReLU", "PReLU", "ReLU", "Softmax"];

    /// <summary>Arguments of many layers, which the page tells once.</summary>
    private static readonly Type[] Families = [typeof(LayerAttribute), typeof(KernelWeightsAttribute), typeof(KernelAttribute), typeof(RecurrentAttribute)];

    /// <summary>Says nothing of the layer: constants, and the order of axes.</summary>
    private static readonly string[] Plumbing = ["Constant", "Identity", "Transpose"];

    [Fact]
    public void TheTableOfLayersIsThatOfTheCode()
    {
        Dictionary<string, string> folders = Folders();
        Dictionary<string, string> onnx = OnnxOps();
        StringBuilder text = new();
        foreach (IGrouping<string, Layer> group in LayerTable.All.Where(l => !l.Kind.StartsWith("Ops.", StringComparison.Ordinal)).GroupBy(l => folders[l.GetType().Name]))
        {
            text.Append($"### {group.Key}\n\n| layer | gives | Keras | ONNX |\n|---|---|---|---|\n");
            foreach (Layer layer in group)
            {
                Type attribute = AttributeText.Find(layer.Kind)!;
                text.Append($"| {Signature(layer.Kind, attribute)} | {XmlDocumentation.Summary(attribute)} | {Keras(layer.Kind, group.Key)} | {onnx[layer.Kind]} |\n");
            }

            text.Append('\n');
        }

        GeneratedSection.Verify("layers.md", "layers", text.ToString());
    }

    [Fact]
    public void TheTablesOfCommonArgumentsAreThoseOfTheCode()
    {
        foreach (Type family in Families)
        {
            StringBuilder text = new("| argument | is |\n|---|---|\n");
            foreach (PropertyInfo property in family.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)) text.Append($"| `{property.Name}` | {XmlDocumentation.Summary(property)} |\n");
            GeneratedSection.Verify("layers.md", family.Name, text.ToString());
        }
    }

    [Fact]
    public void TheTableOfTheTapeIsThatOfTheCode()
    {
        StringBuilder text = new("| attribute | is |\n|---|---|\n");
        foreach (Type attribute in new[] { typeof(NetworkAttribute), typeof(InputAttribute), typeof(OutputAttribute), typeof(ReuseAttribute), typeof(DecodeAttribute), typeof(BlockAttribute<>) })
        {
            text.Append($"| {Signature(attribute.Name.Split('`')[0].Replace("Attribute", "", StringComparison.Ordinal) + (attribute.IsGenericType ? "<TBlock>" : ""), attribute)} | {XmlDocumentation.Summary(attribute)} |\n");
        }

        GeneratedSection.Verify("layers.md", "tape", text.ToString());
    }

    /// <summary>The table for each folder of operations, whose heading it stands under.</summary>
    [Fact]
    public void TheTablesOfOperationsAreThoseOfTheCode()
    {
        Dictionary<string, string> folders = Folders();
        foreach (IGrouping<string, Layer> group in LayerTable.All.Where(l => l.Kind.StartsWith("Ops.", StringComparison.Ordinal)).GroupBy(l => folders[l.GetType().Name]))
        {
            StringBuilder text = new("| operation | inputs | gives |\n|---|---|---|\n");
            foreach (Layer layer in group)
            {
                Type attribute = AttributeText.Find(layer.Kind)!;
                text.Append($"| {Signature(layer.Kind, attribute)} | {Inputs(layer)} | {XmlDocumentation.Summary(attribute)} |\n");
            }

            GeneratedSection.Verify("ops.md", group.Key, text.ToString());
        }
    }

    /// <summary>Name, the constructor's parameters and the other arguments with their defaults.</summary>
    private static string Signature(string kind, Type attribute)
    {
        // The one for people, without symbols, that takes the most.
        ConstructorInfo constructor = attribute.GetConstructors().OrderBy(c => c.GetParameters().Count(p => p.ParameterType == typeof(object) || p.ParameterType == typeof(object[]))).ThenByDescending(c => c.GetParameters().Length).First();
        System.Reflection.ParameterInfo[] parameters = constructor.GetParameters();
        int least = attribute.GetConstructors().Min(c => c.GetParameters().Count(p => !p.HasDefaultValue && !p.IsDefined(typeof(ParamArrayAttribute), false)));
        string[] positional = [.. parameters.Select(p => (p.IsDefined(typeof(ParamArrayAttribute), false) ? "params " : "") + p.Name + DefaultOf(p, attribute, p.Position >= least))];
        object? instance = Instance(attribute, constructor);
        string[] named = [.. attribute.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && !Families.Contains(p.DeclaringType) && p.DeclaringType != typeof(BlockAttribute) && !parameters.Any(q => string.Equals(q.Name, p.Name, StringComparison.OrdinalIgnoreCase)))
            .Select(p => p.Name + DefaultOf(p, instance))];
        string arguments = string.Join(", ", positional.Concat(named));
        return $"`{kind}{(arguments.Length > 0 ? $"({arguments})" : "")}`".Replace("|", "\\|", StringComparison.Ordinal);
    }

    /// <summary>What a parameter is where it is left out: its own default, or what is said of it or of its property.</summary>
    private static string DefaultOf(System.Reflection.ParameterInfo parameter, Type attribute, bool isOptional)
    {
        if (parameter.HasDefaultValue && parameter.DefaultValue is not null) return $" = {XmlDocumentation.Literal(parameter.DefaultValue)}";
        if (!isOptional) return "";
        PropertyInfo? property = attribute.GetProperties().FirstOrDefault(p => string.Equals(p.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        string said = Said(XmlDocumentation.Parameter(parameter));
        return said.Length > 0 || property is null ? said : Said(XmlDocumentation.Summary(property));
    }

    private static string DefaultOf(PropertyInfo property, object? instance) =>
        instance is not null && property.GetValue(instance) is { } value ? $" = {XmlDocumentation.Literal(value)}" : Said(XmlDocumentation.Summary(property));

    /// <summary>The default that the documentation tells, where it is short enough to stand among arguments.</summary>
    private static string Said(string documentation)
    {
        string text = Unless().Match(documentation).Groups["default"].Value.Replace("`", "", StringComparison.Ordinal).Trim();
        return text is "" or "none" or "nothing" or "that" || (text.Contains(' ', StringComparison.Ordinal) && char.IsUpper(text[0])) ? "" : $" = {text}";
    }

    private static object? Instance(Type attribute, ConstructorInfo constructor) => attribute.ContainsGenericParameters ? null : constructor.Invoke([.. constructor.GetParameters().Select(p => p.HasDefaultValue ? p.DefaultValue : Anything(p.ParameterType))]);

    private static object? Anything(Type type) =>
        type.IsArray ? Array.CreateInstance(type.GetElementType()!, 0) : type == typeof(string) ? "x" : type == typeof(object) ? 1 : type.IsValueType ? Activator.CreateInstance(type) : null;

    private static string Inputs(Layer layer) => layer.Inputs switch
    {
        (var least, int.MaxValue) => $"{least} or more",
        (var least, var most) when least != most => $"{least} to {most}",
        (var least, _) => $"{least}",
    };

    private static string Keras(string kind, string group) =>
        KerasNames.TryGetValue(kind, out string? name) ? name
        : group == "Activations" && !ActivationLayers.Contains(kind) ? $"keras.activations.{SnakeCase.From(kind).Replace("si_lu", "silu", StringComparison.Ordinal).Replace("re_lu", "relu", StringComparison.Ordinal)}"
        : $"keras.layers.{kind}";

    /// <summary>The folder of each layer's class, which is its kind.</summary>
    private static Dictionary<string, string> Folders()
    {
        Dictionary<string, string> folders = [];
        string root = Path.Combine(GeneratedSection.Root, "generator", "NetGen.Generator", "Layers");
        foreach (string file in Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories))
        {
            foreach (Match match in Class().Matches(File.ReadAllText(file))) folders.TryAdd(match.Groups["name"].Value, Path.GetFileName(Path.GetDirectoryName(file)!));
        }

        return folders;
    }

    /// <summary>The operators that inference of each layer exports, found by exporting a sample up to the layer and up to the one before.</summary>
    private static Dictionary<string, string> OnnxOps()
    {
        Dictionary<string, (int Arguments, string Ops)> best = [];
        foreach (ModelSpec sample in LayerSamples.All.Select(text => TapeText.Parse(text)))
        {
            Dictionary<string, int>? before = null;
            for (int count = 1; count <= sample.Elements.Count; count++)
            {
                Dictionary<string, int>? now = Ops(sample with { Elements = sample.Elements.Take(count).ToEquatableArray() });
                if (sample.Elements[count - 1] is LayerSpec layer && now is not null && (before is not null || count == 2))
                {
                    string[] ops = [.. now.Where(op => op.Value > (before?.GetValueOrDefault(op.Key) ?? 0)).Select(op => op.Key)];
                    string[] telling = [.. ops.Except(Plumbing)];
                    if (telling.Length == 0) telling = [.. ops.Except(["Constant", "Identity"])];
                    if (!best.TryGetValue(layer.Kind, out (int Arguments, string Ops) known) || layer.Arguments.Count < known.Arguments) best[layer.Kind] = (layer.Arguments.Count, telling.Length == 0 ? "nothing" : string.Join(", ", telling));
                }

                before = now;
            }
        }

        return LayerTable.All.ToDictionary(l => l.Kind, l => best.TryGetValue(l.Kind, out (int Arguments, string Ops) found) ? found.Ops : "?");
    }

    /// <summary>How many nodes of each operator a network exports as; null where it is none yet.</summary>
    private static Dictionary<string, int>? Ops(ModelSpec model)
    {
        TapeResult result = Tape.Build(model, training: false);
        if (result.Problems.Any(p => p.Id is not "NG0015" and not "NG0021")) return null;
        if (result.Graph.Outputs.Count == 0) return model.Elements.Count == 1 ? [] : null;
        return OnnxLowering.Text(result.Graph) is { } text
            ? NodeLine().Matches(text).GroupBy(m => m.Groups["op"].Value).ToDictionary(g => g.Key, g => g.Count())
            : null;
    }

    [GeneratedRegex(@"(?<default>(?:(?!; |[.] ).)+) unless given")]
    private static partial Regex Unless();

    [GeneratedRegex(@"\bclass (?<name>\w+)")]
    private static partial Regex Class();

    [GeneratedRegex(@"^\s*node ""(?:[^""\\]|\\.)*"" (?<op>\w+)", RegexOptions.Multiline)]
    private static partial Regex NodeLine();
}
