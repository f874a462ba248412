using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Whether a class can be a network at all: what is wrong with it, and where. Nothing is generated for one that cannot, because the
/// generated part would only add errors of its own.
/// </summary>
internal static class ClassShape
{
    public static IReadOnlyList<(Problem Problem, Location Location)> Check(INamedTypeSymbol type, CancellationToken cancellationToken)
    {
        List<(Problem, Location)> problems = [];
        TypeDeclarationSyntax[] declarations = [.. Declarations(type, cancellationToken)];
        if (declarations.Length == 0)
        {
            return problems;
        }

        Location name = declarations[0].Identifier.GetLocation();
        void Add(string id, Location location, string message) => problems.Add((new Problem(id, -1, null, message), location));

        for (INamedTypeSymbol? t = type; t is not null; t = t.ContainingType)
        {
            TypeDeclarationSyntax[] parts = t.Equals(type, SymbolEqualityComparer.Default) ? declarations : [.. Declarations(t, cancellationToken)];
            string inside = t.Equals(type, SymbolEqualityComparer.Default) ? "" : $", because the network {type.Name} is nested in it";
            if (parts.FirstOrDefault(p => Modifier(p, SyntaxKind.PartialKeyword) is null) is { } whole)
            {
                Add("NG0001", whole.Identifier.GetLocation(), $"{t.Name} must be partial{inside}.");
            }

            if (t.TypeParameters.Length > 0)
            {
                Add("NG0002", parts.Select(p => p.TypeParameterList?.GetLocation()).FirstOrDefault(l => l is not null) ?? name, $"{t.Name} must not be generic{inside}.");
            }

            if (t.IsFileLocal)
            {
                Add("NG0005", Find(parts, SyntaxKind.FileKeyword) ?? name, $"{t.Name} must not be file-local{inside}.");
            }
        }

        if (type.IsStatic)
        {
            Add("NG0003", Find(declarations, SyntaxKind.StaticKeyword) ?? name, $"{type.Name} must not be static: a network is an object that holds its weights.");
        }

        if (type.IsRecord)
        {
            Add("NG0004", declarations.OfType<RecordDeclarationSyntax>().FirstOrDefault()?.Keyword.GetLocation() ?? name,
                $"{type.Name} must be a class, not a record: a network's weights are no values to compare.");
        }

        if (type.IsAbstract && !type.IsStatic)
        {
            Add("NG0006", Find(declarations, SyntaxKind.AbstractKeyword) ?? name, $"{type.Name} must not be abstract.");
        }

        if (type.BaseType is { SpecialType: not SpecialType.System_Object, TypeKind: not TypeKind.Error } baseType && !Known.IsNetworkBase(baseType))
        {
            Add("NG0007", FindBase(declarations, baseType) ?? name, $"{type.Name} must not derive from {baseType.Name}: its base class is the one that the generated part gives it.");
        }

        if (declarations.Select(d => d.ParameterList).FirstOrDefault(p => p is not null) is { } parameters)
        {
            Add("NG0008", parameters.GetLocation(), $"{type.Name} must not have a primary constructor: the generated part has the constructors.");
        }

        SyntaxNode[] layers = [.. Frontend.TapeAttributes(type).Select(a => a.ApplicationSyntaxReference?.GetSyntax(cancellationToken)).OfType<SyntaxNode>()];
        if (layers.FirstOrDefault(l => Declaration(l) != Declaration(layers[0])) is { } second)
        {
            Add("NG0009", second.GetLocation(), $"Two declarations of {type.Name} carry layers; which come first would hang on the order of the files.");
        }

        return problems;
    }

    private static IEnumerable<TypeDeclarationSyntax> Declarations(INamedTypeSymbol type, CancellationToken cancellationToken) =>
        type.DeclaringSyntaxReferences.Select(r => r.GetSyntax(cancellationToken)).OfType<TypeDeclarationSyntax>();

    private static SyntaxToken? Modifier(TypeDeclarationSyntax declaration, SyntaxKind kind)
    {
        SyntaxToken token = declaration.Modifiers.FirstOrDefault(m => m.IsKind(kind));
        return token.IsKind(kind) ? token : null;
    }

    private static Location? Find(IEnumerable<TypeDeclarationSyntax> declarations, SyntaxKind modifier) =>
        declarations.Select(d => Modifier(d, modifier)?.GetLocation()).FirstOrDefault(l => l is not null);

    /// <summary>A base class stands first in the list of one of the declarations.</summary>
    private static Location? FindBase(IEnumerable<TypeDeclarationSyntax> declarations, INamedTypeSymbol baseType) =>
        declarations
            .Select(d => d.BaseList?.Types.FirstOrDefault()?.Type)
            .FirstOrDefault(t => t?.DescendantTokens().Any(token => token.ValueText == baseType.Name) ?? false)
            ?.GetLocation();

    private static SyntaxNode? Declaration(SyntaxNode attribute) => attribute.FirstAncestorOrSelf<TypeDeclarationSyntax>();
}
