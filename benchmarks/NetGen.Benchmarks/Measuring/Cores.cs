using System.Diagnostics;
using System.Globalization;
using System.Numerics;

namespace NetGen.Benchmarks;

/// <summary>The cores that a measurement uses: both sides run on the same ones.</summary>
internal sealed class Cores
{
    /// <summary>Fields of a line of /proc/stat behind its name that count as busy: user, nice, system, irq, softirq, steal.</summary>
    private static readonly int[] BusyFields = [1, 2, 3, 6, 7, 8];

    /// <summary>/proc counts in ticks of USER_HZ, which is 100 on x86-64.</summary>
    public const double TicksPerSecond = 100;

    private readonly ulong mask;

    private Cores(ulong mask) => this.mask = mask;

    /// <summary>
    /// Binds this thread, and what it starts from now on, to the first <paramref name="count"/> of the cores that it may use.
    /// </summary>
    /// <exception cref="UsageException">There are fewer cores.</exception>
    public static Cores Pin(int count)
    {
        using var self = Process.GetCurrentProcess();
        ulong allowed = (ulong)self.ProcessorAffinity, chosen = 0;
        int available = BitOperations.PopCount(allowed);
        if (count > available) throw new UsageException($"--threads {count}: this process may use {available} core(s) only");
        for (; count > 0; count--)
        {
            ulong lowest = allowed & (~allowed + 1);
            chosen |= lowest;
            allowed ^= lowest;
        }
        self.ProcessorAffinity = (nint)chosen;
        return new Cores(chosen);
    }

    /// <summary>Seconds, since the machine started, for which these cores worked for anybody.</summary>
    public double BusySeconds()
    {
        double ticks = 0;
        foreach (var line in File.ReadLines("/proc/stat").TakeWhile(l => l.StartsWith("cpu", StringComparison.Ordinal)))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            // The first line, "cpu", is the sum of all.
            if (!int.TryParse(fields[0].AsSpan(3), CultureInfo.InvariantCulture, out int core) || core > 63 || (mask >> core & 1) == 0) continue;
            ticks += BusyFields.Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture));
        }
        return ticks / TicksPerSecond;
    }
}
