using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>The other end of <see cref="WorkerProcess"/>: holds one side and answers each line of standard input with one line.</summary>
internal static class Worker
{
    public const string Outputs = "outputs", WarmUp = "warm-up", Round = "round";

    /// <summary>Steps that are compared: the losses of training, and the outputs of a stream.</summary>
    private const int ComparedSteps = 5;

    /// <summary>
    /// The least warm-up of what is measured: the JIT recompiles what runs often only when nothing new has been compiled for 100 ms, and then
    /// on a thread that shares the cores. Half a second was too short for it on a busy machine.
    /// </summary>
    private const double SettledSeconds = 2;

    /// <summary>Arguments: side, workload, mode, batch, threads.</summary>
    public static int Run(ReadOnlySpan<string> arguments)
    {
        Native.EndWithParent();
        var side = Enum.Parse<Side>(arguments[0]);
        var setup = new Setup(WorkloadTable.Find(arguments[1]), Enum.Parse<Mode>(arguments[2]),
            int.Parse(arguments[3], CultureInfo.InvariantCulture), int.Parse(arguments[4], CultureInfo.InvariantCulture));
        Variant? chosen = null;
        IContestant? contestant = null;
        CallTimer? timer = null;
        while (Console.ReadLine() is { } line)
        {
            var command = line.Split(' ');
            double seconds = double.Parse(command[1], CultureInfo.InvariantCulture);
            switch (command[0])
            {
                case Outputs:
                    Answer(Convert.ToBase64String(MemoryMarshal.AsBytes<float>(ComputeOutputs(side, setup))));
                    break;
                case WarmUp:
                    chosen = Fastest(side.Variants(setup), seconds, out var report);
                    contestant = chosen.Create();
                    timer = new CallTimer(contestant);
                    Answer($"{timer.WarmUp(Math.Max(seconds, SettledSeconds)).ToString(CultureInfo.InvariantCulture)}\t{report}");
                    break;
                case Round:
                    Answer(timer!.Round(seconds).ToString(CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new ArgumentException($"unknown command '{command[0]}'", nameof(arguments));
            }
        }
        contestant?.Dispose();
        return 0;
    }

    private static float[] ComputeOutputs(Side side, Setup setup)
    {
        using var contestant = side.Variants(setup with { LearningRate = setup.ComparedLearningRate })[0].Create();
        var outputs = new List<float>();
        for (int step = 0; step < (setup.Mode == Mode.Train || setup.Workload.IsStream ? ComparedSteps : 1); step++)
        {
            contestant.Step();
            outputs.AddRange(contestant.Output);
        }
        return [.. outputs];
    }

    private static Variant Fastest(IReadOnlyList<Variant> variants, double seconds, out string report)
    {
        report = variants[0].Name;
        if (variants.Count == 1) return variants[0];
        var times = new List<(Variant Variant, double Microseconds)>();
        foreach (var variant in variants)
        {
            using var contestant = variant.Create();
            times.Add((variant, new CallTimer(contestant).WarmUp(seconds) * 1e6));
        }
        var best = times.MinBy(t => t.Microseconds).Variant;
        report = $"{best.Name} ({string.Join("; ", times.Select(t => $"{t.Variant.Name}: {t.Microseconds:G4} us"))})";
        return best;
    }

    private static void Answer(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
