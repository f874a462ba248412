using System.Reflection;
using System.Text;
using NetGen.Documentation;

namespace NetGen.Tests.Documentation;

/// <summary>The page of what training is described with is written from the types and their documentation.</summary>
public sealed class TrainingReferencePageTests
{
    /// <summary>The kinds of things, and Keras's module of each.</summary>
    public static TheoryData<string, string> Kinds => new()
    {
        { nameof(Optimizer), "keras.optimizers" },
        { nameof(Schedule), "keras.optimizers.schedules" },
        { nameof(Callback), "keras.callbacks" },
        { nameof(Initializer), "keras.initializers" },
        { nameof(Regularizer), "keras.regularizers" },
        { nameof(Constraint), "keras.constraints" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheTypesOfAKindAreThoseOfTheCode(string kind, string module)
    {
        Type basis = typeof(Network).Assembly.GetType($"NetGen.{kind}")!;
        StringBuilder text = new($"| {kind.ToLowerInvariant()} | is | Keras |\n|---|---|---|\n");
        Assembly[] assemblies = [typeof(Network).Assembly, typeof(TensorBoard).Assembly];
        foreach (Type type in assemblies.SelectMany(a => a.GetExportedTypes()).Where(t => !t.IsAbstract && t.IsSubclassOf(basis)).OrderBy(t => t.Name, StringComparer.Ordinal))
        {
            ConstructorInfo constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)!;
            string[] properties = [.. type.GetProperties().Where(p => p.SetMethod is { IsPublic: true } && p.DeclaringType != basis).Select(p => $"{p.Name}{Default(type, p)}")];
            string more = properties.Length > 0 ? $" {{ {string.Join(", ", properties)} }}" : "";
            text.Append($"| `{type.Name}({Parameters(constructor)}){more}` | {XmlDocumentation.Summary(type)} | {(Keras(type.Name) is { } name ? $"{module}.{name}" : "")} |\n");
        }

        GeneratedSection.Verify("training-reference.md", kind, text.ToString());
    }

    [Theory]
    [InlineData(nameof(Loss), "keras.losses")]
    [InlineData(nameof(Metric), "keras.metrics")]
    public void TheFactoriesOfAKindAreThoseOfTheCode(string kind, string module)
    {
        Type type = typeof(Network).Assembly.GetType($"NetGen.{kind}")!;
        StringBuilder text = new($"| {kind.ToLowerInvariant()} | is | Keras |\n|---|---|---|\n");
        foreach (MethodInfo method in type.GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == type).OrderBy(m => m.Name, StringComparer.Ordinal).ThenBy(m => m.ToString(), StringComparer.Ordinal))
            text.Append($"| `{kind}.{method.Name}({Parameters(method)})` | {XmlDocumentation.Summary(method)} | {(Keras(method.Name) is { } name ? $"{module}.{name}" : "")} |\n");
        GeneratedSection.Verify("training-reference.md", kind, text.ToString());
    }

    /// <summary>What every optimizer has.</summary>
    [Theory]
    [InlineData(typeof(Optimizer), "every optimizer")]
    [InlineData(typeof(Trainer), "trainer")]
    public void ThePropertiesAreThoseOfTheCode(Type type, string part)
    {
        StringBuilder text = new("| property | is |\n|---|---|\n");
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly).Where(p => p.SetMethod is { IsPublic: true }))
            text.Append($"| `{XmlDocumentation.NameOf(property.PropertyType)} {property.Name}` | {XmlDocumentation.Summary(property)} |\n");
        GeneratedSection.Verify("training-reference.md", part, text.ToString());
    }

    /// <summary>Keras's name, where it has another or none.</summary>
    private static string? Keras(string name) => name switch
    {
        "ExactAccuracy" => "Accuracy",
        "TopK" => null,
        "UnitForgetBias" or "Householder" => null,
        "Identity" => "IdentityInitializer",
        "CategoricalFocalCrossentropy" or "AUC" or "CTC" => name,
        "ProgressBar" => "ProgbarLogger",
        "FromLoss" => "MeanMetricWrapper",
        "CsvLogger" => "CSVLogger",
        "Accuracy" => null,
        _ => name,
    };

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(p => p.Name + Default(method, p)));

    /// <summary>What a parameter is where it is left out; of an optimizer's learning rate, that of the constructor without it.</summary>
    private static string Default(MethodBase method, System.Reflection.ParameterInfo parameter)
    {
        if (parameter.HasDefaultValue) return $" = {XmlDocumentation.Literal(parameter.DefaultValue)}";
        return parameter.ParameterType == typeof(LearningRate) && method.DeclaringType!.GetConstructor([]) is { } constructor ? $" = {((Optimizer)constructor.Invoke([])).LearningRate}" : "";
    }

    private static string Default(Type type, PropertyInfo property) =>
        type.GetConstructor([]) is { } constructor && property.GetValue(constructor.Invoke([])) is { } value && value is not System.Collections.IEnumerable ? $" = {XmlDocumentation.Literal(value)}" : "";
}
