namespace NetGen;

/// <summary>
/// A file of weights or a checkpoint that is damaged, foreign, hostile, or of another network. The message names the file, the tensor, what
/// was found
/// and what was expected.
/// </summary>
public sealed class ModelFileException : IOException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The file.</param>
    /// <param name="tensorName">The tensor, or null where the file as a whole is meant.</param>
    /// <param name="problem">What was found and what was expected, as a sentence.</param>
    /// <param name="innerException">The cause, if any.</param>
    public ModelFileException(string fileName, string? tensorName, string problem, Exception? innerException = null)
        : base(tensorName is null ? $"{fileName}: {problem}" : $"{fileName}, tensor '{Shorten(tensorName)}': {problem}", innerException)
    {
        FileName = fileName;
        TensorName = tensorName;
    }

    /// <summary>The file.</summary>
    public string FileName { get; }

    /// <summary>The tensor, or null where the file as a whole is meant.</summary>
    public string? TensorName { get; }

    /// <summary>A name fit for a message: a hostile file may hold one of megabytes.</summary>
    internal static string Shorten(string name) => name.Length <= 200 ? name : $"{name.AsSpan(0, 200)}...";
}
