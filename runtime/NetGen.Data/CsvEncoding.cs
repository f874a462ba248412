namespace NetGen;

/// <summary>Vocabularies and fill values learned from one CSV file, so that others are read into the same features.</summary>
public sealed class CsvEncoding
{
    internal CsvEncoding(CsvOptions options, IReadOnlyList<CsvColumnEncoding> columns)
    {
        Options = options;
        Columns = columns;
    }

    /// <summary>All columns in the order of the file that they were learned from.</summary>
    public IReadOnlyList<CsvColumnEncoding> Columns { get; }

    /// <summary>The names of the features, in the order of the data set's input.</summary>
    public IReadOnlyList<string> Features => [.. Columns.Where(column => !column.IsTarget).SelectMany(column => column.Features)];

    internal CsvOptions Options { get; }
}
