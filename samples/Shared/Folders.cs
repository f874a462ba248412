namespace NetGen.Samples;

/// <summary>Finds what a folder holds.</summary>
internal static class Folders
{
    /// <summary>The first of some files that is there, by the name of what it belongs to.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder has none of the files.</exception>
    public static string Recognise(string folder, params ReadOnlySpan<string> files)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"There is no folder '{folder}'.");
        foreach (string file in files)
        {
            if (File.Exists(Path.Combine(folder, file))) return file;
        }

        throw new FileNotFoundException($"The folder '{folder}' has {(files.Length == 1 ? "no" : "none of")} {string.Join(", ", files!)}.");
    }
}
