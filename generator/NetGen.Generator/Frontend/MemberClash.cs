using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// The user's members that C# would refuse beside those of the generated shell, and a class that is called like one of them. The shell's text itself is compared,
/// so that nobody keeps a second list of what it declares; that is done only where a name could clash at all.
/// </summary>
internal static class MemberClash
{
    private const string Constructor = ".ctor";

    /// <summary>The names that a shell may declare.</summary>
    public static readonly string[] Names =
    [
        "InputSize", "OutputSize", "Summary", "Predict", "CreateStream", "Decode", "CreateInference", "CreateTraining", "DescribeOnnxGraph",
    ];

    /// <summary>The user's own members whose names a shell may declare, with the symbols; from a compilation with or without the generated part.</summary>
    public static IEnumerable<(MemberSpec Member, ISymbol Symbol)> Members(INamedTypeSymbol type)
    {
        if (Names.Contains(type.Name))
        {
            yield return (new MemberSpec(type.Name, null, IsClass: true), type);
        }

        foreach (ISymbol symbol in type.GetMembers().Where(m => !m.IsImplicitlyDeclared && m.DeclaringSyntaxReferences.Any(r => !IsGenerated(r.SyntaxTree))))
        {
            if (symbol is IMethodSymbol { MethodKind: MethodKind.Constructor } constructor)
            {
                yield return (new MemberSpec(Constructor, Signature(constructor)), symbol);
            }
            else if (Names.Contains(symbol.Name))
            {
                yield return (new MemberSpec(symbol.Name, symbol is IMethodSymbol method ? Signature(method) : null), symbol);
            }
        }
    }

    /// <summary>Those that clash with the members of a shell.</summary>
    public static IReadOnlyList<MemberSpec> Find(IEnumerable<MemberSpec> members, string shell)
    {
        MemberSpec[] own = [.. members];
        return own.Length == 0 ? [] : [.. own.Where(m => Shell(CSharpSyntaxTree.ParseText(shell).GetRoot()).Any(s => Clash(m, s.Member)))];
    }

    /// <summary>A shell without its members that clash.</summary>
    public static string Remove(IEnumerable<MemberSpec> members, string shell)
    {
        MemberSpec[] own = [.. members];
        SyntaxNode root = CSharpSyntaxTree.ParseText(shell).GetRoot();
        SyntaxNode[] clashing = [.. Shell(root).Where(s => own.Any(m => Clash(m, s.Member))).Select(s => s.Syntax)];
        return clashing.Length == 0 ? shell : root.RemoveNodes(clashing, SyntaxRemoveOptions.KeepUnbalancedDirectives)!.ToFullString();
    }

    /// <summary>The problem of one, in words.</summary>
    public static Problem Problem(INamedTypeSymbol type, MemberSpec member) => new("NG0029", -1, null,
        member.IsClass ? $"The network {type.Name} cannot have this name: its generated part has a member {member.Name}, which must not be called like its class."
        : member.Name == Constructor ? $"{type.Name} has the constructor {type.Name}({member.Signature}) already, from its generated part: remove this one."
        : member.Signature is { } signature ? $"{type.Name} has the method {member.Name}({signature}) already, from its generated part: give this one another name or other parameters."
        : $"{type.Name} has a member {member.Name} already, from its generated part: give this one another name.");

    /// <summary>Methods may share a name where their parameters differ; nothing else may.</summary>
    private static bool Clash(MemberSpec own, MemberSpec generated) =>
        own.Name == generated.Name && (own.Signature is null || generated.Signature is null || own.Signature == generated.Signature);

    private static IEnumerable<(MemberSpec Member, MemberDeclarationSyntax Syntax)> Shell(SyntaxNode root)
    {
        // The containers of a nested network have no other members in a shell.
        TypeDeclarationSyntax network = root.DescendantNodes().OfType<TypeDeclarationSyntax>().Last();
        foreach (MemberDeclarationSyntax syntax in network.Members)
        {
            switch (syntax)
            {
                case FieldDeclarationSyntax field:
                    yield return (new MemberSpec(field.Declaration.Variables[0].Identifier.ValueText, null), syntax);
                    break;
                case ConstructorDeclarationSyntax constructor:
                    yield return (new MemberSpec(Constructor, Signature(constructor.ParameterList)), syntax);
                    break;
                case MethodDeclarationSyntax { ExplicitInterfaceSpecifier: null } method:
                    yield return (new MemberSpec(method.Identifier.ValueText, Signature(method.ParameterList)), syntax);
                    break;
            }
        }
    }

    private static string Signature(IMethodSymbol method) => Join(
        method.Parameters.Select(p => (p.RefKind != RefKind.None, p.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat))), method.TypeParameters.Length);

    private static string Signature(ParameterListSyntax parameters) => Join(
        parameters.Parameters.Select(p => (p.Modifiers.Any(m => m.IsKind(SyntaxKind.RefKeyword)), p.Type!.ToString().TrimEnd('?'))), 0);

    /// <summary>To C# ref, in and out are one here, and so are types with and without a question mark; a generic method is another than one that is not.</summary>
    private static string Join(IEnumerable<(bool IsReference, string Type)> parameters, int arity) =>
        (arity > 0 ? $"<{arity}> " : "") + string.Join(", ", parameters.Select(p => (p.IsReference ? "ref " : "") + p.Type.Replace("global::", "")));

    /// <summary>Whether a tree is this generator's, whose name is in the path that the compiler gives it.</summary>
    private static bool IsGenerated(SyntaxTree tree) => tree.FilePath.Contains(typeof(NetworkGenerator).FullName);
}

/// <summary>A member of the user's that could clash with one of the generated shell.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Signature">The types of its parameters, or null where it is no method.</param>
/// <param name="IsClass">Whether it is the network's class itself.</param>
internal sealed record MemberSpec(string Name, string? Signature, bool IsClass = false);
