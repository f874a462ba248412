using System.Runtime.CompilerServices;

namespace NetGen.Generator.Tests;

/// <summary>
/// Golden texts: the expected text stands beside the test in <c>Class.Method.verified.txt</c>. A difference writes <c>.received.txt</c> beside it and fails;
/// with <c>NETGEN_UPDATE_GOLDEN=1</c> in the environment the golden file is written instead.
/// </summary>
internal static class Snapshot
{
    /// <summary>Compares a text with the golden file of the calling test.</summary>
    /// <param name="text">What the test got; line ends are compared as '\n'.</param>
    /// <param name="variant">Tells the cases of a theory apart: <c>Class.Method_variant.verified.txt</c>.</param>
    public static void Verify(string text, string? variant = null, [CallerFilePath] string file = "", [CallerMemberName] string method = "")
    {
        string source = Locate(file);
        string name = $"{Path.GetFileNameWithoutExtension(source)}.{method}{(variant is null ? "" : "_" + variant)}";
        string verified = Path.Combine(Path.GetDirectoryName(source)!, name + ".verified.txt");
        string received = Path.Combine(Path.GetDirectoryName(source)!, name + ".received.txt");
        text = Normalize(text);
        if (Environment.GetEnvironmentVariable("NETGEN_UPDATE_GOLDEN") == "1")
        {
            File.WriteAllText(verified, text);
            File.Delete(received);
            return;
        }

        string? expected = File.Exists(verified) ? Normalize(File.ReadAllText(verified)) : null;
        if (expected == text)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail($"{(expected is null ? $"There is no {name}.verified.txt." : FirstDifference(expected, text))} See {received}; NETGEN_UPDATE_GOLDEN=1 accepts it.");
    }

    /// <summary>The source file on this machine: a deterministic build maps the root of the repository to <c>/_/</c>.</summary>
    private static string Locate(string file)
    {
        if (File.Exists(file))
        {
            return file;
        }

        string relative = file.StartsWith("/_/", StringComparison.Ordinal) ? file[3..] : file;
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "NetGen.sln")))
            {
                return Path.Combine(folder.FullName, relative);
            }
        }

        throw new DirectoryNotFoundException($"No NetGen.sln above {AppContext.BaseDirectory}; golden files stand beside the tests' sources.");
    }

    private static string Normalize(string text) => text.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string FirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n');
        string[] right = actual.Split('\n');
        int line = 0;
        while (line < left.Length && line < right.Length && left[line] == right[line])
        {
            line++;
        }

        return $"Line {line + 1} differs: expected {At(left, line)}, found {At(right, line)}.";
    }

    private static string At(string[] lines, int line) => line < lines.Length ? $"\"{lines[line]}\"" : "the end";
}
