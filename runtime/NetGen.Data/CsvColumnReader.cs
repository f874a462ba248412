using System.Globalization;

namespace NetGen;

/// <summary>Collects one column of a CSV file and, unless it is given, learns its encoding.</summary>
internal sealed class CsvColumnReader
{
    private const int LargestExactInteger = 1 << 24;

    private readonly CsvTable table;
    private readonly int index;
    private readonly CsvColumn column;
    private readonly bool isTarget;
    private readonly CsvColumnEncoding? given;
    private readonly int maxCategories;
    private readonly List<float> values = [];
    private readonly Dictionary<string, int> categories = new(StringComparer.Ordinal);

    internal CsvColumnReader(CsvTable table, int index, CsvColumn column, bool isTarget, int maxCategories)
    {
        this.table = table;
        this.index = index;
        this.column = column;
        this.isTarget = isTarget;
        this.maxCategories = maxCategories;
    }

    internal CsvColumnReader(CsvTable table, int index, CsvColumnEncoding given)
        : this(table, index, given.Column, given.IsTarget, given.Vocabulary.Count)
    {
        this.given = given;
        for (int i = 0; i < given.Vocabulary.Count; i++) categories.Add(given.Vocabulary[i], i);
    }

    private bool IsCategorical => column.Kind is CsvKind.OneHot or CsvKind.Index;

    /// <summary>Whether the present record is left out for this column's sake.</summary>
    internal bool Drops => column.Kind != CsvKind.Ignored && column.Blank == Blank.DropRow && table.IsBlank(index);

    /// <summary>Takes the present record's field: a number, a category's number in order of appearance, or NaN for a blank that is to be
    /// filled.</summary>
    internal void Append()
    {
        if (column.Kind == CsvKind.Ignored) return;
        bool blank = table.IsBlank(index);
        if (blank && column.Blank == Blank.Error) throw table.Error(index, Expected);
        if (IsCategorical) values.Add(Category(blank ? "" : table[index]));
        else values.Add(blank ? float.NaN : Number());
    }

    /// <summary>The encoding that the values give, with the categories sorted.</summary>
    internal CsvColumnEncoding Learn()
    {
        if (given is not null) return given;
        string[] vocabulary = [.. categories.Keys.Order(StringComparer.Ordinal)];
        if (IsCategorical)
        {
            int[] sorted = new int[vocabulary.Length];
            for (int i = 0; i < vocabulary.Length; i++) sorted[categories[vocabulary[i]]] = i;
            for (int i = 0; i < values.Count; i++) values[i] = sorted[(int)values[i]];
        }

        return new CsvColumnEncoding(table.Names[index], column, isTarget, LearnFill(), vocabulary);
    }

    /// <summary>Writes the features of one row.</summary>
    internal void Write(int row, CsvColumnEncoding encoding, Span<float> destination)
    {
        float value = values[row];
        if (column.Kind == CsvKind.OneHot)
        {
            destination.Clear();
            destination[(int)value] = 1;
            return;
        }

        destination[0] = float.IsNaN(value) ? encoding.Fill : value;
        if (column.HasIndicator) destination[1] = float.IsNaN(value) ? 1 : 0;
    }

    /// <summary>The labels of a column of integers or categories.</summary>
    internal int[] Labels() => [.. values.Select(value => (int)value)];

    private string Expected => column.Kind switch
    {
        CsvKind.Numeric => "a finite number",
        CsvKind.Integer => $"a whole number within ±{LargestExactInteger}",
        _ => "a category",
    };

    private float Number()
    {
        string hint = given is null && column.Kind == CsvKind.Numeric ? $"{Expected} (or a column that is declared OneHot, Index or Ignored)" : Expected;
        if (!float.TryParse(table[index], NumberStyles.Float, CultureInfo.InvariantCulture, out float value) || !float.IsFinite(value))
            throw table.Error(index, hint);
        if (column.Kind == CsvKind.Integer && (value != MathF.Floor(value) || MathF.Abs(value) > LargestExactInteger)) throw table.Error(index, hint);
        return value;
    }

    private int Category(string text)
    {
        if (categories.TryGetValue(text, out int category)) return category;
        if (given is not null) throw table.Error(index, $"one of the {given.Vocabulary.Count} categories of the file that the encoding was learned from");
        if (categories.Count == maxCategories)
            throw table.Error(index, $"one of the {maxCategories} categories before it, the most that the options allow,");
        categories.Add(text, categories.Count);
        return categories.Count - 1;
    }

    private float LearnFill()
    {
        if (column.Blank == Blank.Constant) return column.Constant;
        if (column.Blank is not (Blank.Mean or Blank.Median)) return 0;
        float[] known = [.. values.Where(value => !float.IsNaN(value)).Order()];
        if (known.Length == 0) throw table.NothingToFillWith(index);
        if (column.Blank == Blank.Mean) return (float)known.Average(value => (double)value);
        int middle = known.Length / 2;
        return known.Length % 2 == 1 ? known[middle] : (float)(((double)known[middle - 1] + known[middle]) / 2);
    }
}
