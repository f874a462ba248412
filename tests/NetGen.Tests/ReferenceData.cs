namespace NetGen.Tests;

/// <summary>The folder of real data sets that the environment variable NETGEN_DATA names; tests that need it are skipped without it.</summary>
internal static class ReferenceData
{
    /// <summary>The path of a file in the folder.</summary>
    public static string Find(params string[] parts)
    {
        string? folder = Environment.GetEnvironmentVariable("NETGEN_DATA");
        if (string.IsNullOrEmpty(folder)) Assert.Skip("NETGEN_DATA names no folder of data sets.");
        string path = Path.Combine([folder!, .. parts]);
        if (!File.Exists(path)) Assert.Skip($"NETGEN_DATA has no {Path.Combine(parts)}.");
        return path;
    }
}
