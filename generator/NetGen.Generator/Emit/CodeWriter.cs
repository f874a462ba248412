using System.Text;

namespace NetGen.Generator;

/// <summary>Indented C# with '\n' line ends on every machine.</summary>
internal sealed class CodeWriter
{
    private readonly StringBuilder text = new();
    private int depth;

    public void Line(string line = "")
    {
        if (line.Length > 0)
        {
            this.text.Append(' ', 4 * this.depth).Append(line);
        }

        this.text.Append('\n');
    }

    /// <summary>Several lines of a raw string, at the present depth.</summary>
    public void Lines(string lines)
    {
        foreach (string line in lines.Replace("\r", "").Split('\n'))
        {
            this.Line(line);
        }
    }

    /// <summary>A statement that ends with a text, written raw, as a reader of the file sees it.</summary>
    public void RawText(string head, string value)
    {
        // One quote more than the text has in a row.
        string quotes = "\"\"\"";
        while (value.Contains(quotes))
        {
            quotes += "\"";
        }

        this.Line(head + quotes);
        foreach (string line in value.Split('\n'))
        {
            // An empty line of a raw text needs no indentation.
            this.Line(line.Length == 0 ? "" : "    " + line);
        }

        this.Line($"    {quotes};");
    }

    /// <summary>A head, and braces around what follows until the result is disposed.</summary>
    public Block Braces(string head)
    {
        this.Line(head);
        this.Line("{");
        this.depth++;
        return new Block(this);
    }

    /// <summary>Braces without a head: a scope of its own.</summary>
    public Block Braces()
    {
        this.Line("{");
        this.depth++;
        return new Block(this);
    }

    public override string ToString() => this.text.ToString();

    internal readonly struct Block(CodeWriter writer) : IDisposable
    {
        public void Dispose()
        {
            writer.depth--;
            writer.Line("}");
        }
    }
}
