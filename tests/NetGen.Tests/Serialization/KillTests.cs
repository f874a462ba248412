using System.Diagnostics;
using System.Globalization;

namespace NetGen.Tests.Serialization;

/// <summary>A kill at any moment of saving leaves the old or the new file whole. NETGEN_KILLS sets how often at least (30 if unset), NETGEN_KILLS_REPORT a file to which its counts are added.</summary>
public sealed class KillTests
{
    /// <summary>How many times as many kills there may be until one meets the writing.</summary>
    private const int MostRounds = 10;

    [Fact]
    public void A_killed_process_leaves_the_old_or_the_new_file()
    {
        int kills = Kills(30);
        using var folder = new TemporaryFolder();
        string path = folder["model.ckpt"];
        int interrupted = 0;
        for (int i = 0; i < kills || (interrupted == 0 && i < MostRounds * kills); i++)
        {
            int acknowledged = SaveAndKill(path, milliseconds: i * 7 % 23);
            int found = SavingChild.ReadGeneration(path);

            // What was acknowledged is there; at most the one that was being saved may have come after it.
            Assert.InRange(found, acknowledged, acknowledged + 1);
            interrupted += Directory.GetFiles(folder.FullName, "*.tmp").Length;
            foreach (string part in Directory.GetFiles(folder.FullName, "*.tmp")) File.Delete(part);
        }

        if (Environment.GetEnvironmentVariable("NETGEN_KILLS_REPORT") is { Length: > 0 } report) File.AppendAllText(report, $"saving: {kills} kills, {interrupted} of them while writing\n");

        // The kills have to meet the writing itself, or the test shows nothing.
        Assert.True(interrupted > 0);
    }

    /// <summary>How many kills are wanted, or a number for a short run.</summary>
    internal static int Kills(int least) => int.TryParse(Environment.GetEnvironmentVariable("NETGEN_KILLS"), CultureInfo.InvariantCulture, out int number) ? number : least;

    private static int SaveAndKill(string path, int milliseconds)
    {
        using Process child = SavingChild.Start(path);
        string? first;
        try
        {
            first = child.StandardOutput.ReadLine();
            Thread.Sleep(milliseconds);
        }
        finally
        {
            child.Kill();
        }

        string[] rest = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.NotNull(first);
        return int.Parse(rest.Length > 0 ? rest[^1] : first, CultureInfo.InvariantCulture);
    }
}
