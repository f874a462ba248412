namespace NetGen;

/// <summary>What has been learned from a column of a CSV file, to be applied to other files of its kind.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="Column">How the column is read.</param>
/// <param name="IsTarget">Whether it is predicted.</param>
/// <param name="Fill">The number that takes the place of blanks, if they are filled.</param>
/// <param name="Vocabulary">The categories in ordinal order; empty for numbers.</param>
public sealed record CsvColumnEncoding(string Name, CsvColumn Column, bool IsTarget, float Fill, IReadOnlyList<string> Vocabulary)
{
    /// <summary>The names of the features that the column becomes: its own name, "name=category" per category, and "name is
    /// blank".</summary>
    public IReadOnlyList<string> Features => Column.Kind switch
    {
        CsvKind.Ignored => [],
        CsvKind.OneHot => [.. Vocabulary.Select(category => $"{Name}={category}")],
        _ => Column.HasIndicator ? [Name, $"{Name} is blank"] : [Name],
    };
}
