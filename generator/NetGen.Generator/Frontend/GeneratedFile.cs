using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace NetGen.Generator;

/// <summary>A file that the generator adds.</summary>
internal sealed record GeneratedFile(string HintName, string Text)
{
    public void AddTo(SourceProductionContext output) => output.AddSource(this.HintName, SourceText.From(this.Text, Encoding.UTF8));
}
