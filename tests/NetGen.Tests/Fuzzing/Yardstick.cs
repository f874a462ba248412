using System.Diagnostics;

namespace NetGen.Tests.Fuzzing;

/// <summary>
/// What reading a damaged file may take, measured in the same run: some times as long as a whole file, and as filling the memory that the form may allocate. Damage may make a reader do less than that,
/// and no work that grows faster than the file and what it says of sizes.
/// </summary>
internal static class Yardstick
{
    private const int WholeTimes = 20, FillTimes = 100, Runs = 3;

    /// <summary>Measures it.</summary>
    /// <param name="format">The form.</param>
    /// <param name="path">A file that is written meanwhile.</param>
    public static TimeSpan Measure(FuzzFormat format, string path)
    {
        Func<string, int, string> read = format.CreateReader();
        TimeSpan whole = format.Corpus().Max(file =>
        {
            File.WriteAllBytes(path, file);
            return Least(() => read(path, 0));
        });
        return (WholeTimes * whole) + (FillTimes * Least(() => Fill(format.MostBytes)));
    }

    /// <summary>The least time of some runs, as other processes can only make them longer.</summary>
    public static TimeSpan Least(Action action) => Enumerable.Range(0, Runs).Min(_ =>
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start);
    });

    /// <summary>At once, as a reader takes an array of a false size: memory that the system has to give first. With a bound on the heap, as much as fits.</summary>
    private static void Fill(long bytes)
    {
        byte[] array = GC.AllocateUninitializedArray<byte>((int)Math.Min(Math.Min(bytes, Array.MaxLength), GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2));
        array.AsSpan().Fill(1);
        GC.KeepAlive(array);
    }
}
