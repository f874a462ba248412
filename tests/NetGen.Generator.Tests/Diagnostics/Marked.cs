using System.Text.RegularExpressions;

namespace NetGen.Generator.Tests;

/// <summary>
/// A text with the places of diagnostics marked in it: <c>{|NG0001:Net|}</c> says that the diagnostic lies exactly on <c>Net</c>.
/// </summary>
/// <param name="Text">Without the marks.</param>
/// <param name="Expected">Each id with the start and the text of its place, in the order of the source.</param>
internal sealed partial record Marked(string Text, IReadOnlyList<(string Id, int Start, string Place)> Expected)
{
    public static Marked Parse(string marked)
    {
        List<(string Id, int Start, int End)> places = [];
        Stack<int> open = new();
        System.Text.StringBuilder text = new();
        int position = 0;
        foreach (Match match in Mark().Matches(marked))
        {
            text.Append(marked, position, match.Index - position);
            position = match.Index + match.Length;
            if (match.Groups["id"].Success)
            {
                open.Push(places.Count);
                places.Add((match.Groups["id"].Value, text.Length, -1));
            }
            else
            {
                int index = open.Pop();
                places[index] = places[index] with { End = text.Length };
            }
        }

        text.Append(marked, position, marked.Length - position);
        string plain = text.ToString();
        return new Marked(plain, [.. places.OrderBy(p => p.Start).ThenBy(p => p.Id, StringComparer.Ordinal).Select(p => (p.Id, p.Start, plain[p.Start..p.End]))]);
    }

    [GeneratedRegex(@"\{\|(?<id>[A-Z]+\d+):|\|\}")]
    private static partial Regex Mark();
}
