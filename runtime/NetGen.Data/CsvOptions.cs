namespace NetGen;

/// <summary>How a CSV file is read.</summary>
public sealed class CsvOptions
{
    /// <summary>Whether the first line holds the names of the columns. Without, they are named "0", "1", ...</summary>
    public bool HasHeader { get; init; } = true;

    /// <summary>The separator; null takes the most frequent of comma, semicolon, tab and bar in the first line.</summary>
    public char? Delimiter { get; init; }

    /// <summary>The texts that count as empty fields, after blanks around them are cut off.</summary>
    public IReadOnlyList<string> BlankTexts { get; init; } = [""];

    /// <summary>The columns to predict. Numbers and one-hot vectors stand side by side in one target tensor, in this order; each column of
    /// labels is a target
    /// of its own.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>How the columns are read, by name; a column that is not named here is numeric without blanks.</summary>
    public IDictionary<string, CsvColumn> Columns { get; } = new Dictionary<string, CsvColumn>(StringComparer.Ordinal);

    /// <summary>The largest vocabulary of a column; more categories are an error, for they are most often names or texts.</summary>
    public int MaxCategories { get; init; } = 1000;
}
