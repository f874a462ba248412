using System.Diagnostics;

namespace NetGen.Benchmarks;

/// <summary>Times a contestant's steps.</summary>
internal sealed class CallTimer(IContestant contestant)
{
    /// <summary>Reading the clock costs some 20 ns: a sample takes in as many calls as make that less than a hundredth of it.</summary>
    private const double SampleSeconds = 1e-5;

    /// <summary>A share of each round is not timed, unless a step is longer: the other side has had the caches meanwhile.</summary>
    private const double SettlingShare = 0.1;

    /// <summary>
    /// The JIT recompiles what runs often in two stages, on a thread that begins when nothing new has been compiled for 100 ms. In these pauses of a warm-up it has the core.
    /// </summary>
    private const int Pauses = 4, PauseMilliseconds = 250;

    private readonly List<double> samples = [];
    private int callsPerSample = 1;
    private double secondsPerCall;

    /// <summary>
    /// Runs at least four calls and <paramref name="seconds"/> (tiered JIT, arenas, lazily packed weights) and returns the seconds of one call.
    /// </summary>
    public double WarmUp(double seconds)
    {
        var clock = Stopwatch.StartNew();
        int calls = 0;
        for (int pause = 1; pause <= Pauses; pause++)
        {
            while (calls < pause || clock.Elapsed.TotalSeconds < seconds / 2 * pause / Pauses)
            {
                contestant.Step();
                calls++;
            }
            secondsPerCall = clock.Elapsed.TotalSeconds / calls;
            clock.Stop();
            Thread.Sleep(PauseMilliseconds);
            clock.Start();
        }
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
