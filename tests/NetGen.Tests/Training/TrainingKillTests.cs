using System.Diagnostics;
using System.Globalization;
using NetGen.Tests.Serialization;

namespace NetGen.Tests.Training;

/// <summary>A kill at any moment of a training with <see cref="BackupAndRestore"/> loses nothing that was saved, and changes no bit. NETGEN_KILLS sets how often (12 if unset).</summary>
public sealed class TrainingKillTests
{
    [Fact]
    public void A_training_that_is_killed_again_and_again_ends_with_the_bits_of_one_that_is_not()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder["whole"]);
        TrainingChild.Train(folder["whole"], isChild: false);
        (byte[] weights, string[] history) = TrainingChild.Read(folder["whole"]);
        int kills = KillTests.Kills(12), done = 0, interrupted = 0;
        Random random = new(5);
        for (int run = 0; done < kills; run++)
        {
            string path = folder[$"run-{run}"];
            Directory.CreateDirectory(path);
            for (long saved = 0; !TrainingChild.IsDone(path); done++)
            {
                // Behind the last kill it may come to its end.
                saved = TrainAndKill(path, saved, done < kills ? random.Next(60) : Timeout.Infinite);
                interrupted += Directory.Exists(Path.Combine(path, "backup")) ? Directory.GetFiles(Path.Combine(path, "backup"), "*.tmp").Length : 0;
            }

            (byte[] found, string[] foundHistory) = TrainingChild.Read(path);
            Assert.Equal(history, foundHistory);
            Assert.Equal(weights, found);
            Directory.Delete(path, recursive: true);
        }

        // Many a kill has to meet the saving itself, or the test shows less than it says.
        Assert.True(kills < 100 || interrupted > kills / 50, $"{interrupted} of {kills} kills met the saving.");
    }

    /// <summary>The step up to which the process has told that it saved.</summary>
    private static long TrainAndKill(string folder, long saved, int milliseconds)
    {
        using Process child = TrainingChild.Start(folder);
        string? first;
        try
        {
            first = child.StandardOutput.ReadLine();
            if (milliseconds != Timeout.Infinite) Thread.Sleep(milliseconds);
            else child.StandardOutput.ReadToEnd();
        }
        finally
        {
            child.Kill();
        }

        string[] rest = child.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        child.WaitForExit();
        Assert.NotNull(first);
        long resumed = long.Parse(first, CultureInfo.InvariantCulture);
        Assert.True(resumed >= saved, $"Step {saved} was saved; the training went on from {resumed}.");

        // A batch is told before the backup behind it, so the one before the last is saved where its turn was.
        long told = rest.Length > 0 ? long.Parse(rest[^1], CultureInfo.InvariantCulture) - 1 : resumed;
        return Math.Max(resumed, told / TrainingChild.SaveFreq * TrainingChild.SaveFreq);
    }
}
