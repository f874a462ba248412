using System.Text;

namespace NetGen;

/// <summary>Compares the tensors that are wanted with those of a file and tells all differences at once.</summary>
internal static class TensorMatcher
{
    private const int MostLines = 20;

    /// <summary>The position in the file of every wanted tensor, matched by name; element types may differ.</summary>
    /// <param name="reader">The file.</param>
    /// <param name="wanted">The tensors that are wanted.</param>
    /// <param name="scope">How the names begin of those tensors of the file which have to be wanted.</param>
    /// <param name="ignoreUnexpected">Whether others may be there too; null where the caller has no such choice to offer.</param>
    /// <exception cref="ModelFileException">A tensor is missing, unexpected, or of another shape; the message lists all of
    /// them.</exception>
    internal static int[] Match(SafetensorsReader reader, IReadOnlyList<TensorInfo> wanted, string scope = "", bool? ignoreUnexpected = null)
    {
        var positions = new int[wanted.Count];
        int good = 0;
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = reader.IndexOf(wanted[i].Name);
            if (positions[i] >= 0 && reader.Entries[positions[i]].Info.HasShapeOf(wanted[i])) good++;
        }

        return good == positions.Length && (ignoreUnexpected == true || good == reader.CountUnder(scope)) ? positions : throw Differences(reader, wanted, scope, ignoreUnexpected);
    }

    private static ModelFileException Differences(SafetensorsReader reader, IReadOnlyList<TensorInfo> wanted, string scope, bool? ignoreUnexpected)
    {
        var found = new Dictionary<string, TensorInfo>(StringComparer.Ordinal);
        foreach (TensorInfo tensor in reader.Tensors)
        {
            if (tensor.Name.StartsWith(scope, StringComparison.Ordinal)) found.Add(tensor.Name, tensor);
        }

        var missing = new List<TensorInfo>();
        var misshapen = new List<string>();
        foreach (TensorInfo tensor in wanted)
        {
            if (!found.Remove(tensor.Name, out TensorInfo? other)) missing.Add(tensor);
            else if (!other.HasShapeOf(tensor))
            {
                misshapen.Add(
                    $"'{tensor.Name}' is {TensorInfo.FormatShape(other.Shape)} in the file; "
                    + $"{TensorInfo.FormatShape(tensor.Shape)} is expected");
            }
        }

        TensorInfo[] unexpected = [.. reader.Tensors.Where(tensor => found.ContainsKey(tensor.Name))];
        var text = new StringBuilder("The tensors are not those of this network.");
        Append(text, "missing", missing.Count, i => Describe(missing[i]) + Suggest(missing[i], unexpected));
        if (ignoreUnexpected != true) Append(text, "unexpected", unexpected.Length, i => Describe(unexpected[i]));
        Append(text, "of another shape", misshapen.Count, i => misshapen[i]);
        if (ignoreUnexpected == false && missing.Count == 0 && misshapen.Count == 0) text.Append("\nAll that is wanted is there: ignoreUnexpected: true loads it.");
        return new ModelFileException(reader.FileName, null, text.ToString());
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
