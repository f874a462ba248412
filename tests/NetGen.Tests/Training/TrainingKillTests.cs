using System.Diagnostics;
using System.Globalization;
using NetGen.Tests.Serialization;

namespace NetGen.Tests.Training;

/// <summary>A kill at any moment of a training with <see cref="BackupAndRestore"/> loses nothing that was saved, and changes no bit. NETGEN_KILLS sets how often (12 if unset).</summary>
public sealed class TrainingKillTests
{
    private const int Killed = 128 + 9; // by SIGKILL
    private const int KilledOnWindows = -1;

    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_with_the_bits_of_one_that_is_not()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["whole"]);
        TrainingChild.Train(folder["whole"], isChild: false);
        (byte[] weights, string[] history) = TrainingChild.Read(folder["whole"]);
        int kills = KillTests.Kills(12), done = 0;
        HashSet<string> interrupted = []; // what was being written, until a later saving clears it away
        Random random = new(5);
        for (int run = 0; done < kills; run++)
        {
            string path = folder[$"run-{run}"];
            Directory.CreateDirectory(path);
            for (long saved = 0; !TrainingChild.IsDone(path);)
            {
                // Behind the last kill it may come to its end.
                (saved, bool isKilled) = TrainAndKill(path, saved, done < kills ? random.Next(24) : int.MaxValue, random.Next(1000));
                if (isKilled) done++;
                string backup = Path.Combine(path, "backup");
                if (Directory.Exists(backup)) interrupted.UnionWith(Directory.EnumerateFiles(backup, "*.tmp"));
            }

            (byte[] found, string[] foundHistory) = TrainingChild.Read(path);
            Assert.Equal(history, foundHistory);
            Assert.Equal(weights, found);
            Directory.Delete(path, recursive: true);
        }

        if (Environment.GetEnvironmentVariable("NETGEN_KILLS_REPORT") is { Length: > 0 } report) File.AppendAllText(report, $"training: {done} kills, {interrupted.Count} of them while saving\n");

        // Many a kill has to meet the saving itself, or the test shows less than it says.
        Assert.True(kills < 100 || interrupted.Count > kills / 50, $"{interrupted.Count} of {kills} kills met the saving.");
    }

    /// <summary>Kills the process some microseconds behind a batch: the step up to which it has told that it saved, and whether the kill came before its end.</summary>
    private static (long Saved, bool IsKilled) TrainAndKill(string folder, long saved, int batches, int microseconds)
    {
        using Process child = TrainingChild.Start(folder);
        string? first, last;
        try
        {
            first = last = child.StandardOutput.ReadLine();
            while (batches-- > 0 && child.StandardOutput.ReadLine() is { } line) last = line;
            for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMicroseconds < microseconds;) Thread.SpinWait(8);
        }
        finally
        {
            child.Kill();
        }

        string[] rest = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.NotNull(first);
        Assert.True(child.ExitCode is 0 or Killed or KilledOnWindows, $"The training failed with {child.ExitCode}.");
        long resumed = long.Parse(first, CultureInfo.InvariantCulture);
        Assert.True(resumed >= saved, $"Step {saved} was saved; the training went on from {resumed}.");

        // A batch is told before the backup behind it, so the one before the last is saved where its turn was.
        if (rest.Length > 0) last = rest[^1];
        long told = last != first ? long.Parse(last!, CultureInfo.InvariantCulture) - 1 : resumed;
        return (Math.Max(resumed, told / TrainingChild.SaveFreq * TrainingChild.SaveFreq), child.ExitCode != 0);
    }
}
