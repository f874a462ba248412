namespace NetGen;

/// <summary>A model that cannot be imported. Everything that stands in the way is listed at once.</summary>
public sealed class ImportException : Exception
{
    private const int MostLines = 50;

    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The model's file.</param>
    /// <param name="problems">What stands in the way, a sentence each.</param>
    public ImportException(string fileName, IReadOnlyList<string> problems)
        : base(Text(fileName, problems))
    {
        this.FileName = fileName;
        this.Problems = problems;
    }

    /// <summary>The model's file.</summary>
    public string FileName { get; }

    /// <summary>What stands in the way, a sentence each.</summary>
    public IReadOnlyList<string> Problems { get; }

    private static string Text(string fileName, IReadOnlyList<string> problems)
    {
        if (problems.Count == 1)
        {
            return $"{fileName} cannot be imported: {problems[0]}";
        }

        IEnumerable<string> lines = problems.Take(MostLines).Select(p => "\n  " + p);
        string more = problems.Count > MostLines ? $"\n  and {problems.Count - MostLines} more" : "";
        return $"{fileName} cannot be imported, for {problems.Count} reasons:{string.Concat(lines)}{more}";
    }
}
