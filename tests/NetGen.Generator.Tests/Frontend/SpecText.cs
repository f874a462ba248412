namespace NetGen.Generator.Tests;

/// <summary>A model as text, one line an element.</summary>
internal static class SpecText
{
    public static string Of(ModelSpec model) =>
        $"{model.Type.Accessibility}{(model.Type.IsSealed ? " sealed" : "")} {model.Type.FullName} [{Arguments(model.Options)}]\n" + Of(model.Elements, "  ");

    public static string Of(IEnumerable<ElementSpec> elements, string indent = "") => string.Concat(elements.Select(e => Line(e, indent)));

    private static string Line(ElementSpec element, string indent) => element switch
    {
        BlockSpec block => $"{indent}{block.Attribute} block {block.Kind}({Arguments(block.Arguments)}) with "
            + $"({string.Join(", ", block.Parameters.Select(p => p.Default is null ? p.Name : $"{p.Name} = {p.Default}"))})\n{Of(block.Body, indent + "  ")}",
        _ => $"{indent}{element.Attribute} {element.Kind}({Arguments(element.Arguments)})\n",
    };

    private static string Arguments(EquatableArray<ArgumentSpec> arguments) => string.Join(", ", arguments.Select(a => $"{a.Name}: {a.Value}"));
}
