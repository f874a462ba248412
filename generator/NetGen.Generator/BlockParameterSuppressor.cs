using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace NetGen.Generator;

/// <summary>
/// Silences CS9113, "parameter is unread", on blocks: their parameters are read by name, in the arguments of the layers on them. One that no
/// argument names is reported as ever.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockParameterSuppressor : DiagnosticSuppressor
{
    private static readonly SuppressionDescriptor UnreadParameter =
        new("NGS9113", "CS9113", "The parameters of a block's constructor are symbols in the arguments of its layers.");

    /// <inheritdoc/>
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } = [UnreadParameter];

    /// <inheritdoc/>
    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (Diagnostic diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is { } tree
                && tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration
                && context.GetSemanticModel(tree).GetDeclaredSymbol(declaration, context.CancellationToken) is INamedTypeSymbol type
                && Known.IsBlock(type)
                && IsNamed(tree.GetText(context.CancellationToken).ToString(diagnostic.Location.SourceSpan), type, context.CancellationToken))
            {
                context.ReportSuppression(Suppression.Create(UnreadParameter, diagnostic));
            }
        }
    }

    private static bool IsNamed(string parameter, INamedTypeSymbol block, CancellationToken cancellationToken) => Frontend.TapeAttributes(block)
        .Select(a => a.ApplicationSyntaxReference?.GetSyntax(cancellationToken))
        .Any(a => a?.DescendantTokens().Any(t => t.ValueText.Contains(parameter)) ?? false);
}
