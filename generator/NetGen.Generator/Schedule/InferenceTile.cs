namespace NetGen.Generator;

/// <summary>
/// How many samples go through the whole network at a time: as many as keep the activations in the second-level cache while weights are read once a tile.
/// </summary>
internal static class InferenceTile
{
    private const int Most = 96;
    private const long CacheFloats = 128 * 1024;

    /// <summary>Samples that a loop takes at least where memory allows: it reads its matrices at each time, and a register tile wants several rows.</summary>
    private const int FewestOfLoop = 16;

    /// <summary>Floats that those may take.</summary>
    private const long LoopFloats = 32 * 1024 * 1024;

    /// <summary>How long a sequence is taken to be.</summary>
    private const long TypicalTime = 32;

    public static int Of(ProgramSchedule schedule)
    {
        long perSample = Math.Max(1, schedule.Arena.Zones.Where(z => z.Symbols.Count > 0 && !z.IsPerPart).Sum(z => z.Floats * (z.Symbols.Count > 1 ? TypicalTime : 1)));
        long fewest = schedule.Lists[1].Steps.Any(s => s.Kernel is LoopKernel) ? Math.Min(FewestOfLoop, LoopFloats / perSample) : 1;
        return (int)Math.Max(Math.Max(1, fewest), Math.Min(Most, CacheFloats / perSample));
    }

    /// <summary>Multiply-adds and element operations that one sample costs, in the lists after Prepare; a time counts as one step.</summary>
    public static long WorkPerSample(ProgramSchedule schedule) =>
        schedule.Lists.Skip(1).SelectMany(l => l.Steps).Where(s => s.Kernel.Work.Symbols.Count > 0).Sum(s => s.Kernel.Work.Scale);
}
