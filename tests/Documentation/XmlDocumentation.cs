using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NetGen.Documentation;

/// <summary>What the XML documentation beside an assembly says, as Markdown.</summary>
internal static partial class XmlDocumentation
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Files = [];

    /// <summary>The summary of a type or member, or of the member that it overrides; on one line.</summary>
    public static string Summary(MemberInfo member) => Text(Find(member)?.Element("summary"));

    /// <summary>What is said of a parameter.</summary>
    public static string Parameter(System.Reflection.ParameterInfo parameter) =>
        Text(Find(parameter.Member)?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == parameter.Name));

    /// <summary>The first sentence of a text.</summary>
    public static string FirstSentence(string text) => Sentence().Match(text).Value is { Length: > 0 } sentence ? sentence : text;

    /// <summary>A type as C# says it.</summary>
    public static string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } inner) return NameOf(inner) + "?";
        if (type.IsArray) return NameOf(type.GetElementType()!) + "[]";
        if (type.IsGenericType && type.Name.StartsWith("ValueTuple", StringComparison.Ordinal)) return $"({string.Join(", ", type.GetGenericArguments().Select(NameOf))})";
        if (type.IsGenericType) return $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(NameOf))}>";
        return Type.GetTypeCode(type) switch
        {
            _ when type.IsEnum => type.Name,
            TypeCode.Boolean => "bool",
            TypeCode.Double => "double",
            TypeCode.Int32 => "int",
            TypeCode.Int64 => "long",
            TypeCode.Single => "float",
            TypeCode.String => "string",
            TypeCode.UInt64 => "ulong",
            _ when type == typeof(object) => "object",
            _ => type.Name,
        };
    }

    /// <summary>A value as C# says it.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => $"\"{text}\"",
        Enum => $"{value.GetType().Name}.{value}",
        IFormattable number => number.ToString(null, System.Globalization.CultureInfo.InvariantCulture),
        _ => $"{value}",
    };

    private static XElement? Find(MemberInfo member)
    {
        XElement? found = FileOf(member.Module.Assembly).GetValueOrDefault(Id(member));
        if (found?.Element("inheritdoc") is null) return found;
        for (Type? type = member.DeclaringType!.BaseType; type is not null; type = type.BaseType)
        {
            if (type.GetMember(member.Name).FirstOrDefault() is { } basis && basis.DeclaringType != member.DeclaringType) return Find(basis);
        }

        return found;
    }

    private static Dictionary<string, XElement> FileOf(Assembly assembly)
    {
        lock (Files)
        {
            if (!Files.TryGetValue(assembly, out Dictionary<string, XElement>? members))
            {
                XDocument file = XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml"), LoadOptions.PreserveWhitespace);
                Files[assembly] = members = file.Descendants("member").ToDictionary(m => m.Attribute("name")!.Value);
            }

            return members;
        }
    }

    /// <summary>The id of a member in the file, after the C# specification's annex on documentation.</summary>
    private static string Id(MemberInfo member) => member switch
    {
        Type type => "T:" + type.FullName!.Replace('+', '.'),
        PropertyInfo => $"P:{TypeId(member)}.{member.Name}",
        FieldInfo => $"F:{TypeId(member)}.{member.Name}",
        MethodBase method => $"M:{TypeId(member)}.{method.Name.Replace('.', '#')}{Parameters(method)}",
        _ => throw new NotSupportedException($"{member} has no id."),
    };

    private static string TypeId(MemberInfo member) => member.DeclaringType!.FullName!.Replace('+', '.');

    private static string Parameters(MethodBase method) =>
        method.GetParameters() is { Length: > 0 } parameters ? $"({string.Join(',', parameters.Select(p => ParameterId(p.ParameterType)))})" : "";

    private static string ParameterId(Type type)
    {
        if (type.IsByRef) return ParameterId(type.GetElementType()!) + "@";
        if (type.IsArray) return $"{ParameterId(type.GetElementType()!)}[{new string(',', type.GetArrayRank() - 1).Replace(",", "0:,", StringComparison.Ordinal)}{(type.GetArrayRank() > 1 ? "0:" : "")}]";
        if (!type.IsGenericType) return type.FullName!.Replace('+', '.');
        string name = type.GetGenericTypeDefinition().FullName!;
        return $"{name[..name.IndexOf('`', StringComparison.Ordinal)]}{{{string.Join(',', type.GetGenericArguments().Select(ParameterId))}}}";
    }

    private static string Text(XElement? element)
    {
        if (element is null) return "";
        StringBuilder text = new();
        foreach (XNode node in element.Nodes()) Append(text, node);
        return Whitespace().Replace(text.ToString(), " ").Trim().Replace("|", "\\|", StringComparison.Ordinal);
    }

    private static void Append(StringBuilder text, XNode node)
    {
        switch (node)
        {
            case XText plain: text.Append(plain.Value); break;
            case XElement { Name.LocalName: "see" or "paramref" or "typeparamref" } reference: text.Append('`').Append(NameIn(reference)).Append('`'); break;
            case XElement { Name.LocalName: "c" } code: text.Append('`').Append(code.Value).Append('`'); break;
            case XElement { Name.LocalName: "code" }: break;
            case XElement inner: foreach (XNode child in inner.Nodes()) Append(text, child); break;
        }
    }

    private static string NameIn(XElement reference)
    {
        string name = (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? reference.Value;
        name = name.Split('(')[0];
        return name.Contains(':', StringComparison.Ordinal) ? Short(name) : name;
    }

    private static string Short(string id)
    {
        string[] parts = id[2..].Split('.');
        string last = parts[^1].EndsWith("Attribute", StringComparison.Ordinal) ? parts[^1][..^"Attribute".Length] : parts[^1];
        return id[0] is 'F' && parts.Length > 1 ? $"{parts[^2]}.{last}" : last;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();

    [GeneratedRegex(@"\A.*?[.](?=\s|\z)")]
    private static partial Regex Sentence();
}
