using System.Diagnostics;
using System.Globalization;

namespace NetGen.Benchmarks;

/// <summary>Notices whether other processes used the measured cores.</summary>
internal sealed class LoadWatch
{
    /// <summary>Where /proc/self/stat, behind the name in parentheses, has the ticks of children that have ended: in user mode, in the system.</summary>
    private const int ChildrenUser = 13, ChildrenSystem = 14;

    /// <summary>Others' share of a core from which figures are not to be trusted.</summary>
    private const double Disturbing = 0.05;

    private readonly Cores cores;
    private readonly WorkerProcess[] workers;
    private readonly double busy, own;
    private readonly Stopwatch clock = Stopwatch.StartNew();

    public LoadWatch(Cores cores, params WorkerProcess[] workers)
    {
        this.cores = cores;
        this.workers = workers;
        (busy, own) = (cores.BusySeconds(), OwnSeconds());
    }

    /// <summary>Warns on the error stream if the cores worked longer than this process, its workers and its ended children did.</summary>
    public void Report()
    {
        double others = (cores.BusySeconds() - busy - (OwnSeconds() - own)) / clock.Elapsed.TotalSeconds;
        if (others > Disturbing)
            Console.Error.WriteLine($"warning: other processes used {others:F2} of the measured cores; these figures are disturbed");
    }

    private double OwnSeconds()
    {
        using var self = Process.GetCurrentProcess();
        return self.TotalProcessorTime.TotalSeconds + workers.Sum(w => w.ProcessorSeconds) + EndedChildrenSeconds();
    }

    private static double EndedChildrenSeconds()
    {
        var stat = File.ReadAllText("/proc/self/stat");
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return new[] { ChildrenUser, ChildrenSystem }.Sum(i => double.Parse(fields[i], CultureInfo.InvariantCulture)) / Cores.TicksPerSecond;
    }
}
