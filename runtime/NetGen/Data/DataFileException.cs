using System.Globalization;

namespace NetGen;

/// <summary>A data file (IDX, CSV) that does not hold what it should. The message names the file, the place, what was found and what was
/// expected.</summary>
public sealed class DataFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="line">The line in the file, from 1; 0 for a binary file or the file as a whole.</param>
    /// <param name="problem">What was found and what was expected, as a sentence.</param>
    /// <param name="innerException">The cause, if any.</param>
    public DataFileException(string fileName, long line, string problem, Exception? innerException = null)
        : base(line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{fileName}, line {line}: {problem}") : $"{fileName}: {problem}", innerException)
    {
        FileName = fileName;
        Line = line;
    }

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The line, from 1; 0 where lines have no meaning.</summary>
    public long Line { get; }
}
