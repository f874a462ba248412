using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator.Tests;

/// <summary>Models from C# text by syntax alone: the attributes of the last class are the tape, the classes before it are blocks.</summary>
internal static class TapeText
{
    /// <summary>Layers whose last positional parameter takes the rest, and the names of all of them.</summary>
    private static readonly Dictionary<string, string[]> Positional = new()
    {
        ["Input"] = ["Shape*"],
        ["Output"] = ["From"],
        ["Reuse"] = ["Layer"],
    };

    /// <summary>A tape alone: <c>[Input(4), Dense(2)]</c>.</summary>
    public static ModelSpec Parse(string attributes, string blocks = "") => ParseClasses($"{blocks}\n{attributes}\nclass Net;");

    public static TapeResult Build(string attributes, string blocks = "", bool training = false) => Tape.Build(Parse(attributes, blocks), training);

    /// <summary>The graph of a tape without problems.</summary>
    public static Graph Graph(string attributes, string blocks = "", bool training = false)
    {
        TapeResult result = Build(attributes, blocks, training);
        Assert.True(result.Problems.Count == 0, string.Join("\n", result.Problems));
        return result.Graph;
    }

    private static ModelSpec ParseClasses(string text)
    {
        CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(text, options: new CSharpParseOptions(LanguageVersion.CSharp14));
        Assert.Empty(unit.GetDiagnostics());
        Dictionary<string, ClassDeclarationSyntax> blocks = [];
        ClassDeclarationSyntax? net = null;
        foreach (ClassDeclarationSyntax type in unit.Members.OfType<ClassDeclarationSyntax>())
        {
            net = type;
            blocks[type.Identifier.Text.Replace("Attribute", "", StringComparison.Ordinal)] = type;
        }

        return new ModelSpec(
            new TypeSpec("", EquatableArray<string>.Empty, "Net", "public", false),
            EquatableArray<ArgumentSpec>.Empty,
            Elements(net!, blocks, null, 0));
    }

    private static EquatableArray<ElementSpec> Elements(ClassDeclarationSyntax type, Dictionary<string, ClassDeclarationSyntax> blocks, int? outer, int depth) =>
        type.AttributeLists.SelectMany(l => l.Attributes).Select((a, i) => Element(a, blocks, outer ?? i, depth)).ToEquatableArray();

    private static ElementSpec Element(AttributeSyntax attribute, Dictionary<string, ClassDeclarationSyntax> blocks, int index, int depth)
    {
        string kind = attribute.Name is GenericNameSyntax generic ? generic.TypeArgumentList.Arguments[0].ToString().Replace("Attribute", "", StringComparison.Ordinal) : attribute.Name.ToString();
        IReadOnlyList<AttributeArgumentSyntax> arguments = attribute.ArgumentList?.Arguments.ToArray() ?? [];
        if (!blocks.TryGetValue(kind, out ClassDeclarationSyntax? block))
        {
            string[] names = Positional.TryGetValue(kind, out string[]? row) ? row
                : LayerTable.Find(kind) is not null ? ConstructorOf(kind)
                : ["Value"];
            return new LayerSpec(kind, Arguments(arguments, names), index);
        }

        ParameterSyntax[] parameters = [.. block.ParameterList?.Parameters ?? []];
        return new BlockSpec(
            kind,
            Arguments(arguments, [.. parameters.Select(p => PascalCase.From(p.Identifier.Text))]),
            index,
            parameters.Select(p => new BlockParameter(p.Identifier.Text, p.Default is null ? null : Value(p.Default.Value), p.Type?.ToString() == "string")).ToEquatableArray(),
            depth > 8 ? EquatableArray<ElementSpec>.Empty : Elements(block, blocks, index, depth + 1));
    }

    /// <summary>The attribute of a layer: <c>Ops.Where</c> is one within another class.</summary>
    public static Type AttributeOf(string kind) => typeof(LayerAttribute).Assembly.GetType($"NetGen.{kind.Replace('.', '+')}Attribute", throwOnError: true)!;

    /// <summary>The parameters of a layer attribute's constructor, the last with a star where it takes the rest.</summary>
    private static string[] ConstructorOf(string kind) =>
    [
        .. AttributeOf(kind).GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters()
            .Select(p => PascalCase.From(p.Name!) + (p.IsDefined(typeof(ParamArrayAttribute), inherit: false) ? "*" : "")),
    ];

    private static EquatableArray<ArgumentSpec> Arguments(IReadOnlyList<AttributeArgumentSyntax> arguments, string[] names)
    {
        List<ArgumentSpec> specs = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i].NameEquals is { } equals)
            {
                specs.Add(new ArgumentSpec(equals.Name.Identifier.Text, Value(arguments[i].Expression)));
            }
            else if (arguments[i].NameColon is { } colon)
            {
                specs.Add(new ArgumentSpec(PascalCase.From(colon.Name.Identifier.Text), Value(arguments[i].Expression)));
            }
            else if (names[i].EndsWith('*'))
            {
                AttributeArgumentSyntax[] rest = [.. arguments.Skip(i).TakeWhile(a => a.NameEquals is null)];
                specs.Add(new ArgumentSpec(names[i][..^1], new ArrayValue(rest.Select(a => Value(a.Expression)).ToEquatableArray())));
                i += rest.Length - 1;
            }
            else
            {
                specs.Add(new ArgumentSpec(names[i], Value(arguments[i].Expression)));
            }
        }

        return specs.ToEquatableArray();
    }

    private static ArgumentValue Value(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: int value } => new IntegerValue(value),
        LiteralExpressionSyntax { Token.Value: long value } => new IntegerValue(value),
        LiteralExpressionSyntax { Token.Value: double value } => new NumberValue(value),
        LiteralExpressionSyntax { Token.Value: bool value } => new BooleanValue(value),
        LiteralExpressionSyntax { Token.Value: string value } => new TextValue(value),
        PrefixUnaryExpressionSyntax { Operand: { } operand } => Value(operand) switch
        {
            IntegerValue value => new IntegerValue(-value.Value),
            NumberValue value => new NumberValue(-value.Value),
            var value => value,
        },
        MemberAccessExpressionSyntax { Name.Identifier.Text: "Any" } => new IntegerValue(-1),
        MemberAccessExpressionSyntax { Expression: PredefinedTypeSyntax, Name.Identifier.Text: var constant } => new NumberValue(constant == "NegativeInfinity" ? double.NegativeInfinity : throw new FormatException(constant)),
        MemberAccessExpressionSyntax access => new EnumValue(access.Expression.ToString(), access.Name.Identifier.Text),
        InvocationExpressionSyntax { ArgumentList.Arguments: [var name] } => new TextValue(name.ToString()),
        ImplicitArrayCreationExpressionSyntax { Initializer.Expressions: var items } => new ArrayValue(items.Select(Value).ToEquatableArray()),
        ArrayCreationExpressionSyntax { Initializer: var initializer } => new ArrayValue((initializer?.Expressions ?? []).Select(Value).ToEquatableArray()),
        _ => throw new FormatException(expression.ToString()),
    };
}
