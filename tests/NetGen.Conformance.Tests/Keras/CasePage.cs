using System.Security.Cryptography;
using System.Text;
using NetGen.Documentation;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>
/// The page of reference cases, <c>docs/cases.md</c>: each suite writes its own part, and compares it. The part tells of which files it is, by their digest, and is compared with those alone: other cases of the
/// same form are run all the same.
/// </summary>
internal static class CasePage
{
    private static readonly Lock s_lock = new();

    /// <summary>Compares a suite's part of the page, or writes it.</summary>
    /// <param name="section">The part.</param>
    /// <param name="source">The file or folder of the cases, below NETGEN_CASES.</param>
    /// <param name="table">How they fared.</param>
    public static void Verify(string section, string source, string table)
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", source);
        string head = $"Of `{source}`, digest {Digest(path)}:";
        lock (s_lock)
        {
            bool isUpdate = Environment.GetEnvironmentVariable("NETGEN_UPDATE_GOLDEN") == "1";
            if (!isUpdate && !File.ReadAllText(Path.Combine(GeneratedSection.Root, "docs", "cases.md")).Contains(head, StringComparison.Ordinal))
                Assert.Skip($"All cases passed; docs/cases.md tells of others than those of digest {Digest(path)}, so that its table was not compared. NETGEN_UPDATE_GOLDEN=1 writes it.");
            GeneratedSection.Verify("cases.md", section, $"{head}\n\n{table}");
        }
    }

    /// <summary>The first digits of the SHA-256 of a file, or of the names and sizes in a folder.</summary>
    private static string Digest(string path)
    {
        byte[] bytes = File.Exists(path) ? File.ReadAllBytes(path)
            : Encoding.UTF8.GetBytes(string.Join('\n', Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Select(f => $"{Path.GetRelativePath(path, f).Replace('\\', '/')} {new FileInfo(f).Length}").Order(StringComparer.Ordinal)));
        return Convert.ToHexStringLower(SHA256.HashData(bytes))[..12];
    }
}
