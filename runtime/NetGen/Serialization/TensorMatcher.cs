using System.Text;

namespace NetGen;

/// <summary>Compares the tensors that are wanted with those of a file and tells all differences at once.</summary>
internal static class TensorMatcher
{
    private const int MostLines = 20;

    /// <summary>The position in the file of every wanted tensor, matched by name; element types may differ.</summary>
    /// <exception cref="ModelFileException">A tensor is missing, unexpected, or of another shape; the message lists all of
    /// them.</exception>
    internal static int[] Match(string fileName, IReadOnlyList<TensorInfo> wanted, IReadOnlyList<TensorInfo> found)
    {
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < found.Count; i++) positions.Add(found[i].Name, i);
        var matches = new int[wanted.Count];
        var missing = new List<TensorInfo>();
        var misshapen = new List<string>();
        for (int i = 0; i < wanted.Count; i++)
        {
            if (!positions.Remove(wanted[i].Name, out matches[i])) missing.Add(wanted[i]);
            else if (!found[matches[i]].Shape.SequenceEqual(wanted[i].Shape))
            {
                misshapen.Add(
                    $"'{wanted[i].Name}' is {TensorInfo.FormatShape(found[matches[i]].Shape)} in the file; "
                    + $"{TensorInfo.FormatShape(wanted[i].Shape)} is expected");
            }
        }

        if (missing.Count == 0 && misshapen.Count == 0 && positions.Count == 0) return matches;
        TensorInfo[] unexpected = [.. found.Where(tensor => positions.ContainsKey(tensor.Name))];
        var text = new StringBuilder("The tensors are not those of this network.");
        Append(text, "missing", missing.Count, i => Describe(missing[i]) + Suggest(missing[i], unexpected));
        Append(text, "unexpected", unexpected.Length, i => Describe(unexpected[i]));
        Append(text, "of another shape", misshapen.Count, i => misshapen[i]);
        throw new ModelFileException(fileName, null, text.ToString());
    }

    private static void Append(StringBuilder text, string title, int count, Func<int, string> line)
    {
        if (count == 0) return;
        text.Append($"\n{count} {title}:");
        for (int i = 0; i < Math.Min(count, MostLines); i++) text.Append($"\n  {line(i)}");
        if (count > MostLines) text.Append($"\n  and {count - MostLines} more");
    }

    private static string Describe(TensorInfo tensor) =>
        $"'{ModelFileException.Shorten(tensor.Name)}' {TensorInfo.FormatShape(tensor.Shape)}";

    private static string Suggest(TensorInfo tensor, TensorInfo[] unexpected) =>
        NearestName.Find(tensor.Name, unexpected.Select(other => other.Name)) is { } nearest
            ? $"; the file has {Describe(unexpected.First(other => other.Name == nearest))}"
            : "";
}
