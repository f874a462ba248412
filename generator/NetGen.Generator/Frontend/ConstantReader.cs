using System.Globalization;
using Microsoft.CodeAnalysis;

namespace NetGen.Generator;

/// <summary>From Roslyn's constants to <see cref="ArgumentValue"/>; null stands for a constant that is null or in error.</summary>
internal static class ConstantReader
{
    public static ArgumentValue? Read(TypedConstant constant) => constant.Kind switch
    {
        TypedConstantKind.Primitive => FromPrimitive(constant.Value),
        TypedConstantKind.Enum => FromEnum(constant.Type, constant.Value),
        TypedConstantKind.Type => new TextValue((constant.Value as ITypeSymbol)?.ToDisplayString() ?? ""),
        // An element that is null keeps its place; as the text "null" it is reported where a value is wanted.
        TypedConstantKind.Array when !constant.IsNull =>
            new ArrayValue(constant.Values.Select(v => Read(v) ?? new TextValue("null")).ToEquatableArray()),
        _ => null,
    };

    /// <summary>The default of a constructor's parameter, or null where it has none.</summary>
    public static ArgumentValue? ReadDefault(IParameterSymbol parameter) =>
        !parameter.HasExplicitDefaultValue ? null
        : parameter.Type.TypeKind == TypeKind.Enum ? FromEnum(parameter.Type, parameter.ExplicitDefaultValue)
        : FromPrimitive(parameter.ExplicitDefaultValue);

    public static bool IsBroken(TypedConstant constant) =>
        constant.Kind == TypedConstantKind.Error || (constant.Kind == TypedConstantKind.Array && !constant.IsNull && constant.Values.Any(IsBroken));

    private static ArgumentValue? FromPrimitive(object? value) => value switch
    {
        null => null,
        bool boolean => new BooleanValue(boolean),
        string text => new TextValue(text),
        char character => new TextValue(character.ToString()),
        float number => new NumberValue(number),
        double number => new NumberValue(number),
        ulong and > long.MaxValue => new NumberValue((ulong)value),
        _ => new IntegerValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
    };

    private static EnumValue? FromEnum(ITypeSymbol? type, object? value)
    {
        if (type is null || value is null)
        {
            return null;
        }

        // The first member of that value, in the order of declaration; a value without a member shows as its number.
        IFieldSymbol? member = type.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f.HasConstantValue && Equals(f.ConstantValue, value));
        return new EnumValue(type.Name, member?.Name ?? Convert.ToString(value, CultureInfo.InvariantCulture)!) { Container = Container(type) };
    }

    private static string? Container(ITypeSymbol type) => type switch
    {
        { ContainingType: { } outer } => outer.ToDisplayString(),
        { ContainingNamespace.IsGlobalNamespace: true } => "global",
        { ContainingNamespace: { Name: "NetGen", ContainingNamespace.IsGlobalNamespace: true } } => null,
        _ => type.ContainingNamespace.ToDisplayString(),
    };
}
