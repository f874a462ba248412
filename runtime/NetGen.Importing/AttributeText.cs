using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;
using System.Text;
using NetGen.Generator;

namespace NetGen.Importing;

/// <summary>An element of a tape as the attribute that one would write by hand: <c>Conv2D(64, 3, Strides = 2)</c>.</summary>
[RequiresUnreferencedCode(NotTrimmed)]
internal static class AttributeText
{
    /// <summary>Why a trimmed program cannot write a class, and what it does instead.</summary>
    public const string NotTrimmed = "The attributes of layers are found by their names. Import the model when the program is built, with dotnet netgen import or NetGen.Models.";

    private static readonly Assembly Runtime = typeof(LayerAttribute).Assembly;

    /// <summary>The attribute without its brackets.</summary>
    /// <exception cref="ArgumentException">There is no such attribute, or an argument is not one of its.</exception>
    public static string Of(ElementSpec element)
    {
        Type type = Find(element.Kind) ?? throw new ArgumentException($"There is no attribute {element.Kind}.");
        List<string> parts = [];
        HashSet<string> written = [];
        System.Reflection.ParameterInfo[] parameters = Constructor(type).GetParameters();
        bool isPositional = true;
        foreach (System.Reflection.ParameterInfo parameter in parameters)
        {
            string name = char.ToUpperInvariant(parameter.Name![0]) + parameter.Name[1..];
            if (element.Find(name)?.Value is not { } value)
            {
                // What follows a parameter that is left out needs its name.
                isPositional = false;
                continue;
            }

            written.Add(name);
            bool isParams = parameter.IsDefined(typeof(ParamArrayAttribute));
            string text = isParams && value is ArrayValue items && isPositional ? string.Join(", ", items.Items.Select(i => type == typeof(InputAttribute) && i is IntegerValue { Value: Dim.Any } ? "Dim.Any" : Text(i)))
                : parameter.ParameterType.IsArray && value is not ArrayValue && !isParams ? Text(new ArrayValue(EquatableArray.Of(value)))
                : Text(value);
            if (text.Length > 0)
            {
                parts.Add(isPositional ? text : parameter.Name + ": " + text);
            }
        }

        foreach (ArgumentSpec argument in element.Arguments.Where(a => !written.Contains(a.Name)))
        {
            PropertyInfo property = type.GetProperty(argument.Name) is { CanWrite: true } found ? found
                : throw new ArgumentException($"{element.Kind} has no argument {argument.Name}.");
            ArgumentValue value = property.PropertyType.IsArray && argument.Value is not ArrayValue ? new ArrayValue(EquatableArray.Of(argument.Value)) : argument.Value;
            parts.Add(argument.Name + " = " + Text(value));
        }

        return parts.Count == 0 ? element.Kind : $"{element.Kind}({string.Join(", ", parts)})";
    }

    /// <summary>The attribute's type by the element's kind, <c>Conv2D</c> or <c>Ops.Where</c>.</summary>
    public static Type? Find(string kind) => Runtime.GetType($"NetGen.{kind.Replace('.', '+')}Attribute");

    /// <summary>The constructor with typed parameters; the one with objects is for symbols.</summary>
    private static ConstructorInfo Constructor(Type type) =>
        type.GetConstructors().OrderBy(c => c.GetParameters().Count(p => (p.ParameterType.GetElementType() ?? p.ParameterType) == typeof(object))).ThenByDescending(c => c.GetParameters().Length).First();

    private static string Text(ArgumentValue value) => value switch
    {
        IntegerValue integer => integer.Value is >= int.MinValue and <= int.MaxValue ? integer.ToString() : integer + "L",
        NumberValue number => Number(number.Value),
        BooleanValue boolean => boolean.ToString(),
        TextValue text => Quoted(text.Value),
        EnumValue member => member.ToString(),
        ArrayValue { Items.Count: 0 } => "new int[0]",
        ArrayValue array => $"new{ElementType(array)}[] {{ {string.Join(", ", array.Items.Select(Text))} }}",
        _ => throw new ArgumentException($"{value} cannot be an argument of an attribute."),
    };

    /// <summary>Numbers of which only some are whole need to be told that they are all doubles.</summary>
    private static string ElementType(ArrayValue array) => array.Items.Any(i => i is NumberValue) ? " double" : "";

    private static string Number(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
        : value.ToString("R", CultureInfo.InvariantCulture) is var text && text.All(c => char.IsAsciiDigit(c) || c == '-') ? text + ".0" : text;

    private static string Quoted(string text)
    {
        StringBuilder quoted = new("\"");
        foreach (char c in text)
        {
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' || char.IsSurrogate(c) => FormattableString.Invariant($"\\u{(int)c:x4}"),
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }
}
