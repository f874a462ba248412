using System.Diagnostics;
using System.Globalization;
using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>
/// From the start of a process, over loading the network from a file, to its first output: NetGen in a program of its own, compiled by the JIT
/// and ahead of time, and ONNX Runtime, in turn.
/// </summary>
internal static class ColdCommand
{
    private const int Starts = 11;

    public static int Run(Workload workload)
    {
        var folder = Directory.CreateTempSubdirectory("netgen-cold-");
        try
        {
            var setup = new Setup(workload, Mode.Infer, Batch: 1, Threads: 1);
            var onnx = Path.Combine(folder.FullName, "model.onnx");
            File.WriteAllBytes(onnx, OnnxGraph.Write(setup));
            var ort = new Starter(() => WorkerProcess.Start(["cold-worker", onnx], Side.Ort.Environment(setup)));
            Starter? jit = null, aot = null;
            if (workload.NetGen is { } adapter)
            {
                var weights = Path.Combine(folder.FullName, "model.safetensors");
                adapter.Save(setup, weights);
                var program = ChildProgram.Find("NetGen.ColdStart");
                jit = new Starter(() => ChildProgram.Start(program, workload.Name, weights));
                if (AotProgram.Publish() is { } ahead) aot = new Starter(() => ChildProgram.Start(ahead, workload.Name, weights));
            }
            else
            {
                Console.Error.WriteLine($"note: {workload.Name} has no network of NetGen's; the peer is measured alone");
            }
            // From now on, so that publishing had all cores.
            var watch = new LoadWatch(Cores.Pin(1));
            // The first start of each brings the files into memory and is not counted.
            for (int i = 0; i <= Starts; i++)
            {
                foreach (var side in new[] { jit, aot, ort }) side?.StartOnce(isCounted: i > 0);
            }
            watch.Report();
            Results.Write(new ColdStart(workload.Name, jit?.Times, aot?.Times, Side.Ort.Label(), ort.Times));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>ONNX Runtime's start. It does not touch the table of workloads.</summary>
    public static int RunWorker(string file)
    {
        long begin = Stopwatch.GetTimestamp();
        OrtColdStart.LoadAndPredict(file, out long loaded);
        long end = Stopwatch.GetTimestamp();
        Console.WriteLine($"{begin} {loaded} {end}");
        return 0;
    }

    /// <summary>Starts one side again and again. It answers with three readings of the clock that all processes share.</summary>
    private sealed class Starter(Func<Process> start)
    {
        private readonly List<double> main = [], inference = [], line = [], loading = [], rest = [];

        public StartTimes Times => new(Summary.Of(main), Summary.Of(inference), Summary.Of(line),
            Summary.Of(loading), Summary.Of(rest));

        public void StartOnce(bool isCounted)
        {
            long asked = Stopwatch.GetTimestamp();
            using var process = start();
            var answer = process.StandardOutput.ReadLine();
            long arrived = Stopwatch.GetTimestamp();
            process.WaitForExit();
            if (answer?.Split(' ') is not [var begin, var loaded, var end] || process.ExitCode != 0)
                throw new MeasurementException($"{process.StartInfo.FileName} ended with exit code {process.ExitCode} before its first inference");
            if (!isCounted) return;
            main.Add(Milliseconds(asked, long.Parse(begin, CultureInfo.InvariantCulture)));
            inference.Add(Milliseconds(asked, long.Parse(end, CultureInfo.InvariantCulture)));
            line.Add(Milliseconds(asked, arrived));
            loading.Add(Milliseconds(long.Parse(begin, CultureInfo.InvariantCulture), long.Parse(loaded, CultureInfo.InvariantCulture)));
            rest.Add(inference[^1] - loading[^1]);
        }

        private static double Milliseconds(long from, long to) => Stopwatch.GetElapsedTime(from, to).TotalMilliseconds;
    }
}
