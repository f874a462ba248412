using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>Finds where an argument of an attribute stands in the source.</summary>
internal static class ArgumentPlace
{
    /// <summary>
    /// The place of an argument, or of the whole attribute where the argument is null or was not written; null for an attribute from metadata.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="argument">The argument's Pascal-case name, with an index if one element is meant: <c>Filters</c>, <c>Inputs[1]</c>.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public static Location? Find(AttributeData attribute, string? argument, CancellationToken cancellationToken)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellationToken) is not AttributeSyntax syntax)
        {
            return null;
        }

        return (argument is null ? null : Find(attribute, syntax, argument))?.GetLocation() ?? syntax.GetLocation();
    }

    private static ExpressionSyntax? Find(AttributeData attribute, AttributeSyntax syntax, string argument)
    {
        (string name, int? index) = Split(argument);
        IReadOnlyList<AttributeArgumentSyntax> arguments = syntax.ArgumentList is { } list ? [.. list.Arguments] : [];
        AttributeArgumentSyntax? named = arguments.FirstOrDefault(a =>
            a.NameEquals?.Name.Identifier.ValueText == name || (a.NameColon is { } colon && PascalCase.From(colon.Name.Identifier.ValueText) == name));
        if (named is not null)
        {
            return Element(named.Expression, index);
        }

        // Positional: the arguments of [Block<T>(...)] are those of T's constructor, one by one.
        AttributeArgumentSyntax[] positional = [.. arguments.Where(a => a.NameEquals is null && a.NameColon is null)];
        INamedTypeSymbol? block = attribute.AttributeClass is { } type ? Known.BlockArgument(type) : null;
        IMethodSymbol? constructor = block is null || name == "Arguments" ? attribute.AttributeConstructor : TapeReader.BlockConstructor(block, positional.Length);
        IParameterSymbol? parameter = constructor?.Parameters.FirstOrDefault(p => PascalCase.From(p.Name) == name);
        if (parameter is null || parameter.Ordinal >= positional.Length)
        {
            return null;
        }

        // A params array is written as elements, or as one expression that is an array.
        if (!parameter.IsParams || (positional.Length == parameter.Ordinal + 1 && Elements(positional[parameter.Ordinal].Expression) is not null))
        {
            return Element(positional[parameter.Ordinal].Expression, index);
        }

        int element = parameter.Ordinal + (index ?? 0);
        return positional[element < positional.Length ? element : parameter.Ordinal].Expression;
    }

    private static ExpressionSyntax Element(ExpressionSyntax expression, int? index) =>
        index is { } i && Elements(expression) is { } elements && i < elements.Count ? elements[i] : expression;

    private static IReadOnlyList<ExpressionSyntax>? Elements(ExpressionSyntax expression) => expression switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        ImplicitArrayCreationExpressionSyntax { Initializer: { } initializer } => [.. initializer.Expressions],
        CollectionExpressionSyntax collection => [.. collection.Elements.OfType<ExpressionElementSyntax>().Select(e => e.Expression)],
        _ => null,
    };

    private static (string Name, int? Index) Split(string argument)
    {
        int bracket = argument.IndexOf('[');
        return bracket > 0 && int.TryParse(argument.Substring(bracket + 1).TrimEnd(']'), NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            ? (argument.Substring(0, bracket), index)
            : (argument, null);
    }
}
