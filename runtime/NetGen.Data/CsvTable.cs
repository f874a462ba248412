using System.Globalization;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace NetGen;

/// <summary>The records of a CSV file (RFC 4180) with their lines; every record has as many fields as the first.</summary>
internal sealed class CsvTable : IDisposable
{
    // Longer than any field of data, short enough that a stray quote does not read a whole file into one.
    private const int LongestField = 1 << 20;

    private static readonly char[] Delimiters = [',', ';', '\t', '|'];

    private readonly CsvParser parser;
    private readonly string path;
    private readonly HashSet<string> blanks;
    private bool pending;

    internal CsvTable(string path, CsvOptions options)
    {
        this.path = path;
        blanks = new HashSet<string>(options.BlankTexts, StringComparer.Ordinal);
        char delimiter = options.Delimiter ?? FindDelimiter(path);
        if (delimiter is '"' or '\r' or '\n') throw new ArgumentException("A quote or a line end cannot separate fields.", nameof(options));
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter.ToString(),
            TrimOptions = TrimOptions.Trim | TrimOptions.InsideQuotes,
            WhiteSpaceChars = delimiter == ' ' ? ['\t'] : [' '],
            MaxFieldSize = LongestField,
            BadDataFound = bad => throw new DataFileException(
                path, bad.Context.Parser!.RawRow, "A quote is not closed, or stands within a field that is not quoted."),
        };
        parser = new CsvParser(new StreamReader(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), configuration);
        try
        {
            if (!Parse()) throw new DataFileException(path, 0, "The file is empty.");
            Names = options.HasHeader ? ReadNames() : [.. Enumerable.Range(0, parser.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
            pending = !options.HasHeader;
        }
        catch
        {
            parser.Dispose();
            throw;
        }
    }

    /// <summary>The names of the columns.</summary>
    internal string[] Names { get; }

    /// <summary>The line of the record, from 1; the last one if it has several.</summary>
    internal int Line => parser.RawRow;

    internal string this[int column] => parser[column];

    public void Dispose() => parser.Dispose();

    internal bool IsBlank(int column) => blanks.Contains(parser[column]);

    internal bool Read()
    {
        if (pending)
        {
            pending = false;
            return true;
        }

        if (!Parse()) return false;
        if (parser.Count != Names.Length)
        {
            throw new DataFileException(
                path, Line, $"The line has {parser.Count} fields; {Names.Length} are expected, as in the first line.");
        }

        return true;
    }

    internal DataFileException Error(int column, string expected, Exception? cause = null)
    {
        string found = parser[column];
        string shown = IsBlank(column) ? "is blank" : $"holds '{(found.Length > 60 ? found[..60] + "..." : found)}'";
        return new DataFileException(path, Line, $"Column '{Names[column]}' {shown}; {expected} is expected.", cause);
    }

    internal DataFileException NothingToFillWith(int column) =>
        new(path, 0, $"Column '{Names[column]}' is blank throughout; at least one number is expected to fill blanks by its mean or median.");

    private static char FindDelimiter(string path)
    {
        using var reader = new StreamReader(path);
        Span<char> start = stackalloc char[4096];
        ReadOnlySpan<char> line = start[..reader.ReadBlock(start)];
        int end = line.IndexOfAny('\r', '\n');
        if (end >= 0) line = line[..end];
        char best = ',';
        int most = 0;
        foreach (char delimiter in Delimiters)
        {
            int count = line.Count(delimiter);
            if (count > most) (best, most) = (delimiter, count);
        }

        return best;
    }

    private string[] ReadNames()
    {
        var names = new string[parser.Count];
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = parser[i];
            if (names[i].Length == 0) throw new DataFileException(path, Line, $"The name of column {i} is blank.");
            if (Array.IndexOf(names, names[i]) < i) throw new DataFileException(path, Line, $"Two columns have the name '{names[i]}'.");
        }

        return names;
    }

    private bool Parse()
    {
        try
        {
            return parser.Read();
        }
        catch (DecoderFallbackException exception)
        {
            throw new DataFileException(path, Line, "The text is not UTF-8.", exception);
        }
        catch (MaxFieldSizeException exception)
        {
            throw new DataFileException(
                path, Line, $"A field has more than {LongestField} characters; perhaps a quote is not closed.", exception);
        }
    }
}
