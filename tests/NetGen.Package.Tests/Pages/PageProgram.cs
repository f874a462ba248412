using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NetGen.Package.Tests;

/// <summary>The pieces of C# on a page as one file: what they declare stands in a namespace, and their statements, in order, are one method. Compilers name the lines of the page.</summary>
internal static class PageProgram
{
    /// <summary>The file.</summary>
    public static string Of(Page page)
    {
        List<string> usings = [];
        StringBuilder statements = new(), types = new();
        bool waits = false;
        foreach (PageBlock block in page.Code)
        {
            CompilationUnitSyntax unit = Parse(block);
            usings.AddRange(unit.Usings.Select(u => u.WithoutTrivia().ToString()));
            foreach (MemberDeclarationSyntax member in unit.Members)
            {
                int line = block.Line + unit.SyntaxTree.GetLineSpan(member.FullSpan).StartLinePosition.Line;
                (member is GlobalStatementSyntax ? statements : types).Append($"#line {line} \"{page.Path}\"\n{member.ToFullString().TrimEnd()}\n");
                waits |= member is GlobalStatementSyntax && member.DescendantTokens().Any(t => t.IsKind(SyntaxKind.AwaitKeyword));
            }
        }

        return $$"""
            namespace {{page.Name}};

            {{string.Join('\n', usings.Distinct().Select(text => text.EndsWith(';') ? text : text + ";"))}}

            internal static class Program
            {
                public static {{(waits ? "async Task" : "void")}} Run()
                {
            {{statements}}
            #line default
                }
            }

            {{types}}
            """;
    }

    /// <summary>The names that the page's code has and does not declare itself.</summary>
    public static HashSet<string> Names(Page page)
    {
        CompilationUnitSyntax[] units = [.. page.Code.Select(Parse)];
        HashSet<string> names = [.. units.SelectMany(unit => unit.DescendantTokens()).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText)];
        names.ExceptWith(units.SelectMany(unit => unit.DescendantNodes().OfType<BaseTypeDeclarationSyntax>()).SelectMany(type => new[] { type.Identifier.ValueText, type.Identifier.ValueText.Replace("Attribute", "", StringComparison.Ordinal) }));
        return names;
    }

    private static CompilationUnitSyntax Parse(PageBlock block) => CSharpSyntaxTree.ParseText(block.Text, new CSharpParseOptions(LanguageVersion.Latest)).GetCompilationUnitRoot();
}
