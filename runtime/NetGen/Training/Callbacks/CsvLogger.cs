using System.Globalization;

namespace NetGen;

/// <summary>Writes the results of every epoch to a CSV file (Keras's <c>CSVLogger</c>): the epoch, then the results by name in alphabetical order.</summary>
public sealed class CsvLogger : Callback
{
    private readonly string path;
    private readonly string separator;
    private readonly bool append;
    private StreamWriter? writer;
    private string[]? columns;
    private bool hasHeader;

    /// <summary>Writes the results of every epoch to a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="separator">What stands between two columns.</param>
    /// <param name="append">Whether to go on behind what the file holds, rather than to replace it.</param>
    public CsvLogger(string path, string separator = ",", bool append = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrEmpty(separator);
        this.path = path;
        this.separator = separator;
        this.append = append;
    }

    /// <inheritdoc/>
    public override void OnTrainBegin()
    {
        FileInfo file = new(path);
        hasHeader = append && file.Exists && file.Length > 0;
        columns = null;
        writer = new StreamWriter(path, append) { NewLine = "\n" };
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        columns ??= [.. logs.Keys.Order(StringComparer.Ordinal)];
        if (!hasHeader) writer!.WriteLine(string.Join(separator, ["epoch", .. columns]));
        hasHeader = true;
        IEnumerable<string> values = columns.Select(name => logs.TryGetValue(name, out double value) ? Arguments.Format(value) : "NA");
        writer!.WriteLine(string.Join(separator, [epoch.ToString(CultureInfo.InvariantCulture), .. values]));
        writer.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd() => Close();

    /// <inheritdoc/>
    public override void OnTrainInterrupted() => Close();

    private void Close()
    {
        writer?.Dispose();
        writer = null;
    }
}
