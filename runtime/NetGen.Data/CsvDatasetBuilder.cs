namespace NetGen;

/// <summary>Puts the columns of a CSV file together: one input with all features side by side, and the targets.</summary>
internal static class CsvDatasetBuilder
{
    internal static Dataset Build(CsvColumnReader[] readers, CsvColumnEncoding[] columns, IReadOnlyList<string> targets, int rows, string path)
    {
        int[] features = [.. Enumerable.Range(0, columns.Length).Where(i => !columns[i].IsTarget && columns[i].Features.Count > 0)];
        int[] predicted = [.. targets.Select(name => Array.FindIndex(columns, column => column.Name == name))];
        int[] labels = [.. predicted.Where(i => columns[i].Column.Kind is CsvKind.Integer or CsvKind.Index)];
        int[] numbers = [.. predicted.Except(labels)];
        if (features.Length == 0) throw new ArgumentException($"No column of {path} is left as a feature.");

        // A single target goes by the usual name; among several, labels go by that of their column.
        bool single = labels.Length + Math.Min(numbers.Length, 1) == 1;
        var outputs = new List<TensorColumn>();
        if (numbers.Length > 0) outputs.Add(SideBySide(Dataset.DefaultTarget, readers, columns, numbers, rows, path));
        foreach (int i in labels)
            outputs.Add(TensorColumn.FromIntegers(single ? Dataset.DefaultTarget : columns[i].Name, readers[i].Labels()));
        return new Dataset([SideBySide(Dataset.DefaultInput, readers, columns, features, rows, path)], outputs);
    }

    private static TensorColumn SideBySide(string name, CsvColumnReader[] readers, CsvColumnEncoding[] columns, int[] chosen, int rows, string path)
    {
        int[] widths = [.. chosen.Select(i => columns[i].Features.Count)];
        int width = widths.Sum();
        if ((long)rows * width > Array.MaxLength)
        {
            throw new DataFileException(
                path, 0, $"{rows} rows of {width} features are more than can be addressed.");
        }

        var values = new float[rows * width];
        for (int row = 0; row < rows; row++)
        {
            int start = row * width;
            for (int k = 0; k < chosen.Length; start += widths[k], k++)
                readers[chosen[k]].Write(row, columns[chosen[k]], values.AsSpan(start, widths[k]));
        }

        return TensorColumn.FromFloats(name, values, width);
    }
}
