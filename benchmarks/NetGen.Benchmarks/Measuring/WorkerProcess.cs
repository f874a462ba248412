using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace NetGen.Benchmarks;

/// <summary>
/// One side in a process of its own, driven by lines over pipes. Between its turns all of its threads are stopped, so that
/// spinning workers of one side never run while the other is timed, which no setting of theirs could do at run time.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process process;
    private readonly Side side;

    public WorkerProcess(Side side, Setup setup)
    {
        this.side = side;
        process = Start(["worker", side.ToString(), setup.Workload.Name, setup.Mode.ToString(), Text(setup.Batch), Text(setup.Threads)],
            side.Environment(setup));
    }

    public double ProcessorSeconds
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>This program again, with other arguments, its standard streams piped.</summary>
    public static Process Start(IEnumerable<string> arguments, IReadOnlyDictionary<string, string> environment)
    {
        var self = Environment.ProcessPath!;
        var info = new ProcessStartInfo(self) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // Under "dotnet NetGen.Benchmarks.dll" the process is the host and wants the assembly first.
        if (Path.GetFileNameWithoutExtension(self) == "dotnet") info.ArgumentList.Add(typeof(WorkerProcess).Assembly.Location);
        foreach (var argument in arguments) info.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) info.Environment[name] = value;
        return Process.Start(info)!;
    }

    /// <summary>Outputs with the setup's weights: of one call, or the losses of the first training steps.</summary>
    public float[] Outputs() => [.. MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(Ask(Worker.Outputs)))];

    /// <summary>Warms up every variant, keeps the fastest, and returns the seconds of one call.</summary>
    public double WarmUp(double seconds)
    {
        var answer = Ask(Worker.WarmUp, seconds).Split('\t');
        Console.Error.WriteLine($"{side.Label()}: {answer[1]}");
        return double.Parse(answer[0], CultureInfo.InvariantCulture);
    }

    /// <summary>Median microseconds of a call over one round.</summary>
    public double Round(double seconds) => double.Parse(Ask(Worker.Round, seconds), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private string Ask(string command, double seconds = 0)
    {
        try
        {
            Native.ContinueProcess(process.Id);
            process.StandardInput.WriteLine($"{command} {Text(seconds)}");
            if (process.StandardOutput.ReadLine() is { } answer)
            {
                Native.StopProcess(process.Id);
                return answer;
            }
        }
        catch (Exception e) when (e is IOException or Win32Exception)
        {
            // The pipe is broken or there is no such process: as when the answer does not come.
        }
        process.WaitForExit();
        throw new MeasurementException($"the {side.Label()} process ended with exit code {process.ExitCode} at '{command}'");
    }
}
