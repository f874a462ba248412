using System.Diagnostics.CodeAnalysis;
using System.Text;
using NetGen.Generator;

namespace NetGen.Importing;

/// <summary>An annotated partial class as text: one attribute a line, in the order of the tape.</summary>
/// <param name="Namespace">The namespace, or an empty string for none.</param>
/// <param name="ClassName">The class.</param>
/// <param name="Elements">The tape.</param>
/// <param name="Remarks">Where it comes from, lines of the comment at its head.</param>
internal sealed record NetworkSource(string Namespace, string ClassName, IReadOnlyList<ElementSpec> Elements, IReadOnlyList<string> Remarks)
{
    private static readonly HashSet<string> Keywords =
    [
        .. ("abstract as base bool break byte case catch char checked class const continue decimal default delegate do double else enum event explicit extern false finally fixed float for foreach goto if "
            + "implicit in int interface internal is lock long namespace new null object operator out override params private protected public readonly ref return sbyte sealed short sizeof stackalloc static "
            + "string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using virtual void volatile while").Split(' '),
    ];

    /// <summary>The arguments of <c>[Network(...)]</c>.</summary>
    public EquatableArray<ArgumentSpec> Options { get; init; } = EquatableArray<ArgumentSpec>.Empty;

    /// <summary>The arguments of a network that is trained or not.</summary>
    public static EquatableArray<ArgumentSpec> TrainingOptions(bool isTrained) =>
        isTrained ? EquatableArray<ArgumentSpec>.Empty : EquatableArray.Of(new ArgumentSpec("Training", new BooleanValue(false)));

    /// <summary>How many layers bring the axes into another order and do nothing else.</summary>
    public int Transposes => this.Elements.Count(e => e.Kind == "Permute");

    /// <summary>The C#. Equal tapes give equal texts on every machine.</summary>
    [RequiresUnreferencedCode(AttributeText.NotTrimmed)]
    public string Text()
    {
        StringBuilder text = new();
        foreach (string remark in this.Remarks)
        {
            text.Append("// ").Append(OneLine(remark)).Append('\n');
        }

        text.Append("using NetGen;\n\n");
        if (this.Namespace.Length > 0)
        {
            text.Append("namespace ").Append(this.Namespace).Append(";\n\n");
        }

        text.Append("/// <summary>").Append(Escape(this.Remarks.Count > 0 ? OneLine(this.Remarks[0]) : "An imported network.")).Append("</summary>\n[").Append(AttributeText.Of(new LayerSpec("Network", this.Options, -1))).Append("]\n");
        foreach (ElementSpec element in this.Elements)
        {
            text.Append('[').Append(AttributeText.Of(element)).Append("]\n");
        }

        return text.Append("public partial class ").Append(this.ClassName).Append(";\n").ToString();
    }

    /// <summary>Checks the names that a caller asks for, before anything is read.</summary>
    /// <exception cref="ArgumentException">One of them is none of C#.</exception>
    public static void Check(string space, string? name)
    {
        if (name is not null && !IsIdentifier(name))
        {
            throw new ArgumentException($"'{ModelFileException.Shorten(name)}' is no name of a class in C#.");
        }

        if (space.Length > 0 && !space.Split('.').All(IsIdentifier))
        {
            throw new ArgumentException($"'{ModelFileException.Shorten(space)}' is no name of a namespace in C#.");
        }
    }

    /// <summary>A text within an element of XML, where quotes stand for themselves.</summary>
    private static string Escape(string text) => text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static bool IsIdentifier(string name) => name.Length > 0 && !char.IsDigit(name[0]) && name.All(c => char.IsLetterOrDigit(c) || c == '_') && !Keywords.Contains(name);

    /// <summary>A text as a part of an identifier in Pascal case: <c>squeezenet_v1.1</c> becomes <c>SqueezenetV11</c>.</summary>
    public static string Identifier(string name)
    {
        StringBuilder text = new();
        bool isStart = true;
        foreach (char c in name)
        {
            if (!char.IsAsciiLetterOrDigit(c))
            {
                isStart = true;
                continue;
            }

            text.Append(isStart ? char.ToUpperInvariant(c) : c);
            isStart = false;
        }

        return text.Length == 0 ? "Imported" : char.IsAsciiDigit(text[0]) ? "Network" + text : text.ToString();
    }

    /// <summary>A name as the tape takes it: slashes, braces, quotes and control characters become underscores.</summary>
    public static string LayerName(string name)
    {
        string clean = string.Concat(name.Trim().Select(c => c is '/' or '{' or '}' or '"' or '\\' || char.IsControl(c) ? '_' : c)).Trim();
        return clean.Length > 200 ? clean[..200].Trim() : clean;
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
