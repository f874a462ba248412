using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NetGen.Generator;

/// <summary>
/// The first stage: from a class with <c>[Network]</c> to a <see cref="ModelSpec"/>. It and the analyzer are the only places that know Roslyn's symbols.
/// It only reads; what the tape means is decided behind the model.
/// </summary>
internal static class Frontend
{
    /// <summary>Reads a network. The class itself must have passed <see cref="ClassShape"/>.</summary>
    public static FrontendResult Read(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        TapeReader tape = new(cancellationToken);
        EquatableArray<ElementSpec> elements = tape.Read(type);
        AttributeData? network = type.GetAttributes().FirstOrDefault(a => Known.IsNetwork(a.AttributeClass));
        EquatableArray<ArgumentSpec> options = network is null ? [] : TapeReader.ReadArguments(network);
        return new FrontendResult(new ModelSpec(ReadType(type), options, elements), tape.Problems.ToEquatableArray(), tape.IsComplete, MemberClash.Members(type).Select(m => m.Member).ToEquatableArray());
    }

    /// <summary>Reads a block's own class, which tells what is wrong with it before anyone uses it.</summary>
    public static FrontendResult ReadBlock(INamedTypeSymbol block, CancellationToken cancellationToken)
    {
        TapeReader tape = new(cancellationToken);
        EquatableArray<ElementSpec> elements = tape.ReadBody(block);
        return new FrontendResult(new ModelSpec(ReadType(block), [], elements), tape.Problems.ToEquatableArray(), tape.IsComplete, []);
    }

    /// <summary>The tape's attributes of a class, in order; <see cref="ElementSpec.Attribute"/> and <see cref="Problem.Attribute"/> index this list.</summary>
    public static IEnumerable<AttributeData> TapeAttributes(INamedTypeSymbol type) => type.GetAttributes().Where(a => Known.IsTape(a.AttributeClass));

    private static TypeSpec ReadType(INamedTypeSymbol type)
    {
        Stack<string> containers = new();
        for (INamedTypeSymbol? container = type.ContainingType; container is not null; container = container.ContainingType)
        {
            containers.Push(Keyword(container) + " " + Escape(container.Name));
        }

        return new TypeSpec(ReadNamespace(type.ContainingNamespace), containers.ToEquatableArray(), Escape(type.Name), Accessibility(type), type.IsSealed);
    }

    private static string ReadNamespace(INamespaceSymbol? symbol)
    {
        Stack<string> parts = new();
        for (; symbol is { IsGlobalNamespace: false }; symbol = symbol.ContainingNamespace)
        {
            parts.Push(Escape(symbol.Name));
        }

        return string.Join(".", parts);
    }

    /// <summary>A name that is a keyword needs its @ again in the generated part.</summary>
    private static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    private static string Keyword(INamedTypeSymbol type) => (type.TypeKind, type.IsRecord) switch
    {
        (TypeKind.Interface, _) => "interface",
        (TypeKind.Struct, true) => "record struct",
        (TypeKind.Struct, false) => "struct",
        (_, true) => "record",
        _ => "class",
    };

    private static string Accessibility(INamedTypeSymbol type) => SyntaxFacts.GetText(type.DeclaredAccessibility);
}
