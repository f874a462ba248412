using System.Diagnostics;

namespace NetGen.Benchmarks;

/// <summary>Times a contestant's steps.</summary>
internal sealed class CallTimer(IContestant contestant)
{
    /// <summary>Reading the clock costs some 20 ns: a sample takes in as many calls as make that less than a hundredth of it.</summary>
    private const double SampleSeconds = 1e-5;

    /// <summary>A share of each round is not timed, unless a step is longer: the other side has had the caches meanwhile.</summary>
    private const double SettlingShare = 0.1;

    private readonly List<double> samples = [];
    private int callsPerSample = 1;
    private double secondsPerCall;

    /// <summary>
    /// Runs at least three calls and <paramref name="seconds"/> (tiered JIT, arenas, lazily packed weights) and returns the seconds of one call.
    /// </summary>
    public double WarmUp(double seconds)
    {
        var clock = Stopwatch.StartNew();
        int calls = 0;
        while (calls < 3 || clock.Elapsed.TotalSeconds < seconds / 2)
        {
            contestant.Step();
            calls++;
        }
        secondsPerCall = clock.Elapsed.TotalSeconds / calls;
        callsPerSample = (int)Math.Clamp(Math.Ceiling(SampleSeconds / secondsPerCall), 1, 1_000_000);
        secondsPerCall = Round(seconds / 2) * 1e-6;
        callsPerSample = (int)Math.Clamp(Math.Ceiling(SampleSeconds / secondsPerCall), 1, 1_000_000);
        return secondsPerCall;
    }

    /// <summary>Median microseconds of one call over <paramref name="seconds"/>, at least one sample.</summary>
    public double Round(double seconds)
    {
        double settling = seconds * SettlingShare;
        for (long start = Stopwatch.GetTimestamp(); secondsPerCall < settling && Stopwatch.GetElapsedTime(start).TotalSeconds < settling;)
            Repeat(contestant, callsPerSample);
        double microsecondsPerTick = 1e6 / Stopwatch.Frequency;
        samples.Clear();
        long end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        do
        {
            long before = Stopwatch.GetTimestamp();
            Repeat(contestant, callsPerSample);
            // Not through TimeSpan, whose ticks are 100 ns.
            samples.Add((Stopwatch.GetTimestamp() - before) * microsecondsPerTick / callsPerSample);
        }
        while (Stopwatch.GetTimestamp() < end);
        return Summary.MedianOf(samples);
    }

    private static void Repeat(IContestant contestant, int calls)
    {
        for (int i = 0; i < calls; i++) contestant.Step();
    }
}
