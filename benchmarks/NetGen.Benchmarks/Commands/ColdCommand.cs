using System.Diagnostics;
using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>From the start of a process, over loading the network from a file, to its first output; NetGen and ONNX Runtime in turn.</summary>
internal static class ColdCommand
{
    private const int Starts = 11;

    public static int Run(Workload workload)
    {
        Cores.Pin(1);
        var setup = new Setup(workload, Mode.Infer, Batch: 1, Threads: 1);
        var folder = Directory.CreateTempSubdirectory("netgen-cold-");
        try
        {
            var files = new Dictionary<Side, string> { [Side.Ort] = Path.Combine(folder.FullName, "model.onnx") };
            File.WriteAllBytes(files[Side.Ort], OnnxGraph.Write(setup));
            if (workload.NetGen is { } adapter)
            {
                files[Side.NetGen] = Path.Combine(folder.FullName, "model.safetensors");
                adapter.Save(setup, files[Side.NetGen]);
            }
            else
            {
                Console.Error.WriteLine($"note: {workload.Name} has no network of NetGen's; the peer is measured alone");
            }
            var times = files.Keys.ToDictionary(side => side, _ => new List<double>());
            // The first start of each brings the files into memory and is not counted.
            for (int i = 0; i <= Starts; i++)
            {
                foreach (var (side, file) in files)
                {
                    double milliseconds = StartOnce(side, workload, file);
                    if (i > 0) times[side].Add(milliseconds);
                }
            }
            var netgen = times.TryGetValue(Side.NetGen, out var t) ? Summary.Of(t) : null;
            var peer = Summary.Of(times[Side.Ort]);
            Results.Write(new ColdStart(workload.Name, netgen, Side.Ort.Label(), peer,
                netgen is null ? null : Results.Rounded(peer.Median / netgen.Median)));
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>What is started: loads, predicts, and says so. ONNX Runtime's start does not touch the table of workloads.</summary>
    public static int RunWorker(string side, string workload, string file)
    {
        if (side == nameof(Side.Ort)) OrtColdStart.LoadAndPredict(file);
        else WorkloadTable.Find(workload).NetGen!.LoadAndPredict(file);
        Console.WriteLine("done");
        return 0;
    }

    private static double StartOnce(Side side, Workload workload, string file)
    {
        long start = Stopwatch.GetTimestamp();
        using var process = WorkerProcess.Start(["cold-worker", side.ToString(), workload.Name, file], side.Environment());
        var answer = process.StandardOutput.ReadLine();
        double milliseconds = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        process.WaitForExit();
        return answer == "done" ? milliseconds
            : throw new MeasurementException($"the {side.Label()} process ended with exit code {process.ExitCode} before its first inference");
    }
}
