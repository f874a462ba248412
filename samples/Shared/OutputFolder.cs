namespace NetGen.Samples;

/// <summary>Where results go.</summary>
internal static class OutputFolder
{
    /// <summary>Makes the folder where it is missing, and tries whether files can be written, before there is anything that would be lost.</summary>
    /// <returns>Its full path.</returns>
    /// <exception cref="IOException">It cannot be made, or nothing can be written in it.</exception>
    public static string Prepare(string path)
    {
        try
        {
            string full = Directory.CreateDirectory(path).FullName;
            new FileStream(Path.Combine(full, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            return full;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new IOException($"Nothing can be written in the folder '{path}': {exception.Message}", exception);
        }
    }
}
