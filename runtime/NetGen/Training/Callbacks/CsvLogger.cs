using System.Globalization;

namespace NetGen;

/// <summary>Writes the results of every epoch to a CSV file (Keras's <c>CSVLogger</c>): the epoch, then the results by name in alphabetical order.</summary>
/// <remarks>
/// A run that goes on from a checkpoint goes on with the file as well, whether it appends or not: the lines that were there when the checkpoint was made stay, those that came after it are written anew.
/// So the file of an interrupted run is that of a whole one.
/// </remarks>
public sealed class CsvLogger : Callback
{
    private const string FileValue = "file";
    private const string LinesValue = "lines";

    private readonly string path;
    private readonly string separator;
    private readonly bool append;
    private StreamWriter? writer;
    private string[]? columns;
    private bool hasHeader;
    private int? lines;

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
        columns = null;
        lines = null;

        // Where the run goes on, its checkpoint tells what stays.
        if (!Run.IsResumed) Open();
    }

    /// <inheritdoc/>
    public override void OnEpochEnd(int epoch, Logs logs)
    {
        // The checkpoint knew nothing of this file.
        if (writer is null) Open();
        columns ??= [.. logs.Keys.Order(StringComparer.Ordinal)];
        if (!hasHeader) WriteLine(["epoch", .. columns]);
        hasHeader = true;
        IEnumerable<string> values = columns.Select(name => logs.TryGetValue(name, out double value) ? Arguments.Format(value) : "NA");
        WriteLine([epoch.ToString(CultureInfo.InvariantCulture), .. values]);
        writer!.Flush();
    }

    /// <inheritdoc/>
    public override void OnTrainEnd() => Close();

    /// <inheritdoc/>
    public override void OnTrainInterrupted() => Close();

    /// <inheritdoc/>
    protected internal override void SaveState(IDictionary<string, string> state)
    {
        if (lines is not { } count) return;
        state[FileValue] = Path.GetFileName(path);
        state[LinesValue] = count.ToString(CultureInfo.InvariantCulture);
    }

    /// <inheritdoc/>
    protected internal override void LoadState(IReadOnlyDictionary<string, string> state)
    {
        bool isOfFile = state.GetValueOrDefault(FileValue) == Path.GetFileName(path);
        if (isOfFile && int.TryParse(state.GetValueOrDefault(LinesValue), NumberStyles.None, CultureInfo.InvariantCulture, out int count)) Open(count);
    }

    private void Open() => Open(append ? null : 0);

    /// <summary>Opens the file to write behind its first lines; null for all that it holds, be the last line whole or not.</summary>
    private void Open(int? kept)
    {
        FileStream stream = new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        (int count, long end) = (0, 0);
        for (int value; count != kept && (value = stream.ReadByte()) >= 0;)
        {
            if (value == '\n') (count, end) = (count + 1, stream.Position);
        }

        if (kept is null) end = stream.Length;
        stream.SetLength(end);
        stream.Position = end;
        (lines, hasHeader) = (count, end > 0);
        writer = new StreamWriter(stream) { NewLine = "\n" };
    }

    private void WriteLine(IEnumerable<string> values)
    {
        writer!.WriteLine(string.Join(separator, values));
        lines++;
    }

    private void Close()
    {
        writer?.Dispose();
        writer = null;
    }
}
