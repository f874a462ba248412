using System.Collections.Immutable;
using System.Composition;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Generator;

/// <summary>
/// Puts the name that was probably meant in the place of a misspelt one: a tap, a layer, a symbol of an expression, a word such as an initializer's.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(NearestNameCodeFix))]
[Shared]
public sealed class NearestNameCodeFix : CodeFixProvider
{
    private static readonly Regex Word = new(@"[\p{L}_][\p{L}\p{Nd}_]*", RegexOptions.CultureInvariant);

    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["NG0010", "NG0012", "NG0018", "NG0023"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        SyntaxNode? root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        foreach (Diagnostic diagnostic in context.Diagnostics)
        {
            if (diagnostic.Properties.TryGetValue(NetworkAnalyzer.Suggestion, out string? suggestion) && suggestion is not null
                && root?.FindNode(diagnostic.Location.SourceSpan, getInnermostNodeForTie: true) is ExpressionSyntax expression
                && FindMisspelt(expression, suggestion) is { } misspelt)
            {
                context.RegisterCodeFix(
                    CodeAction.Create($"Change to '{suggestion}'", _ => Task.FromResult(context.Document.WithSyntaxRoot(Replace(root, misspelt, suggestion))), suggestion),
                    diagnostic);
            }
        }
    }

    /// <summary>The text of the argument, or the word in it, that is nearest to what was meant.</summary>
    private static (SyntaxToken Token, int Start, int Length)? FindMisspelt(ExpressionSyntax expression, string suggestion)
    {
        (SyntaxToken Token, int Start, int Length)? nearest = null;
        int least = int.MaxValue;
        foreach (SyntaxToken token in expression.DescendantTokens().Where(t => t.IsKind(SyntaxKind.StringLiteralToken) || t.IsKind(SyntaxKind.InterpolatedStringTextToken)))
        {
            IEnumerable<(int Start, int Length)> words = Word.Matches(token.ValueText).Cast<Match>().Select(m => (m.Index, m.Length));
            foreach ((int start, int length) in words.Prepend((0, token.ValueText.Length)))
            {
                string word = token.ValueText.Substring(start, length);
                int distance = NearestName.Distance(word.ToLowerInvariant(), suggestion.ToLowerInvariant());
                if (word != suggestion && length <= 100 && distance < least)
                {
                    (nearest, least) = ((token, start, length), distance);
                }
            }
        }

        return nearest;
    }

    private static SyntaxNode Replace(SyntaxNode root, (SyntaxToken Token, int Start, int Length) misspelt, string suggestion)
    {
        string text = misspelt.Token.ValueText.Remove(misspelt.Start, misspelt.Length).Insert(misspelt.Start, suggestion);
        SyntaxToken token = misspelt.Token.IsKind(SyntaxKind.StringLiteralToken)
            ? SyntaxFactory.Literal(text)
            : SyntaxFactory.Token(default, SyntaxKind.InterpolatedStringTextToken, text.Replace("{", "{{").Replace("}", "}}"), text, default);
        return root.ReplaceToken(misspelt.Token, token.WithTriviaFrom(misspelt.Token));
    }
}
