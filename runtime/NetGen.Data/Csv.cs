namespace NetGen;

/// <summary>Reads CSV files into data sets.</summary>
public static class Csv
{
    /// <summary>
    /// Reads a file and learns its vocabularies and fill values. Means and medians are those of the whole file: to keep a test part out of
    /// them, store
    /// it in a file of its own and read that with the <see cref="CsvData.Encoding"/>.
    /// </summary>
    /// <param name="path">The file, in UTF-8.</param>
    /// <param name="options">How to read it; null is a header, no target, and numbers without blanks.</param>
    /// <returns>The samples and the encoding.</returns>
    /// <exception cref="DataFileException">A field is not what its column says, a line has too few or too many fields, or no row is left;
    /// the message names
    /// file, line and column, what was found and what was expected.</exception>
    /// <exception cref="ArgumentException">The options name a column that the file has not (the message offers the most similar one),
    /// contradict themselves, or
    /// leave no feature.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvData Read(string path, CsvOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new CsvOptions();
        Check(options);
        using var table = new CsvTable(path, options);
        foreach (string name in options.Columns.Keys.Concat(options.Targets)) Require(table, name, path);
        CsvColumnReader[] readers =
        [
            .. table.Names.Select((name, index) => new CsvColumnReader(
                table, index, ColumnOf(options, name), options.Targets.Contains(name), options.MaxCategories)),
        ];
        int rows = ReadRows(table, readers, path);
        CsvColumnEncoding[] columns = [.. readers.Select(reader => reader.Learn())];
        return new CsvData(CsvDatasetBuilder.Build(readers, columns, options.Targets, rows, path), new CsvEncoding(options, columns));
    }

    /// <summary>Reads a file into the features of another one that was read before.</summary>
    /// <param name="path">
    /// The file, in UTF-8. Its columns may stand in another order, columns that the other file had not are ignored, and all targets may be
    /// missing.
    /// </param>
    /// <param name="encoding">The encoding of the other file.</param>
    /// <returns>The samples and the same encoding.</returns>
    /// <exception cref="DataFileException">As for the other file; also a category that the other file had not.</exception>
    /// <exception cref="ArgumentException">A column is missing; the message offers the most similar one.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static CsvData Read(string path, CsvEncoding encoding)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(encoding);
        using var table = new CsvTable(path, encoding.Options);
        bool hasTargets = encoding.Columns.Any(column => column.IsTarget && table.Names.Contains(column.Name));
        CsvColumnEncoding[] columns =
            [.. encoding.Columns.Where(column => column.Column.Kind != CsvKind.Ignored && (hasTargets || !column.IsTarget))];
        CsvColumnReader[] readers = [.. columns.Select(column => new CsvColumnReader(table, Require(table, column.Name, path), column))];
        int rows = ReadRows(table, readers, path);
        return new CsvData(CsvDatasetBuilder.Build(readers, columns, hasTargets ? encoding.Options.Targets : [], rows, path), encoding);
    }

    private static CsvColumn ColumnOf(CsvOptions options, string name) =>
        options.Columns.TryGetValue(name, out CsvColumn? column) ? column : CsvColumn.Numeric();

    private static void Check(CsvOptions options)
    {
        foreach (string name in options.Targets)
        {
            if (ColumnOf(options, name) is { Kind: CsvKind.Ignored } or { HasIndicator: true })
                throw new ArgumentException($"The target '{name}' is ignored or has an indicator.", nameof(options));
            if (options.Targets.Count(target => target == name) > 1)
            {
                throw new ArgumentException(
                    $"The target '{name}' is named twice.", nameof(options));
            }
        }
    }

    private static int Require(CsvTable table, string name, string path)
    {
        int index = Array.IndexOf(table.Names, name);
        if (index >= 0) return index;
        string nearest = NearestName.Find(name, table.Names) is { } other ? $" The most similar name is '{other}'." : "";
        const int Most = 50;
        string more = table.Names.Length > Most ? $" and {table.Names.Length - Most} more" : "";
        throw new ArgumentException($"{path} has no column '{name}'.{nearest} It has: {string.Join(", ", table.Names.Take(Most).Select(known => $"'{known}'"))}{more}.");
    }

    private static int ReadRows(CsvTable table, CsvColumnReader[] readers, string path)
    {
        int rows = 0;
        while (table.Read())
        {
            if (Array.Exists(readers, reader => reader.Drops)) continue;
            foreach (CsvColumnReader reader in readers) reader.Append();
            rows++;
        }

        return rows > 0 ? rows : throw new DataFileException(path, 0, "The file has no row of data that is not left out.");
    }
}
