namespace NetGen.Benchmarks;

/// <summary>Chooses the command by the first argument.</summary>
internal static class Command
{
    private const string Usage = """
        NetGen beside ONNX Runtime and TorchSharp, with the same weights, on the same input, on the same cores.

          WORKLOAD [options]   measures both sides in alternating rounds and prints one JSON line
              --mode infer|train            what a step is (default: infer)
              --batch B                     samples per step (default: 1; in training the workload's own)
              --threads T                   threads of each side, on the first T cores that this process may use (default: 1)
              --peer ort|torchsharp|none    the other side (default: ort; in training torchsharp)
              --seconds S                   measured time of each side (default: 5)
          list                 the workloads
          memory WORKLOAD [options]
                               the most memory that each side has resident while it steps, more than before there was a network; one JSON line
          cold WORKLOAD        process start to first inference of NetGen, by the JIT and NativeAOT, and of ONNX Runtime; one JSON line
          latency WORKLOAD     a million single calls of NetGen, the rarest slow ones too; one JSON line
          generator            the generator on mlp and resnet50: cold process, warm after an edit of the network, an edit elsewhere; the analyzer on
                               resnet152; one JSON line each
          import FILE          the import of ResNet-50 from an ONNX file, and the generator on it beside the one written by hand; one JSON line
          build CLASS          dotnet build of a project with a network of benchmarks/Networks, such as Resnet50, and without it; one JSON line
          peak                 this core's limits: multiply-adds, reads from each level of memory; one JSON line each
          table FILE           Markdown tables of the JSON lines in FILE
          all FILE [--seconds S]
                               everything that has a target, half an hour: JSON lines into FILE, then its tables (default: 3 seconds each)
          --help               this text

        Times are microseconds per step: minimum, median and maximum of the rounds' medians. ratio is the peer's median over NetGen's.
        Warnings and the settings chosen for each side go to the error stream.
        Exit code 1: a side failed or the outputs cannot be compared; 2: the arguments are wrong.
        """;

    public static int Run(string[] args)
    {
        if (args.Length == 0) throw new UsageException("a workload or command is missing");
        ReadOnlySpan<string> rest = args.AsSpan(1);
        switch (args[0])
        {
            case "--help":
                Console.WriteLine(Usage);
                return 0;
            case "list":
                ExpectCount(args, 0, "no argument");
                return ListCommand.Run();
            case "peak":
                ExpectCount(args, 0, "no argument");
                return PeakCommand.Run();
            case "cold":
                ExpectCount(args, 1, "a workload");
                OptimizedBuild.Require();
                return ColdCommand.Run(WorkloadTable.Find(args[1]));
            case "latency":
                ExpectCount(args, 1, "a workload");
                OptimizedBuild.Require();
                return LatencyCommand.Run(WorkloadTable.Find(args[1]));
            case "generator":
                ExpectCount(args, 0, "no argument");
                OptimizedBuild.Require();
                return GeneratorCommand.Run();
            case "import":
                ExpectCount(args, 1, "an ONNX file of ResNet-50");
                OptimizedBuild.Require();
                return ImportCommand.Run(args[1]);
            case "build":
                ExpectCount(args, 1, "the class of a network");
                OptimizedBuild.Require();
                return BuildCommand.Run(args[1]);
            case "memory":
                if (args.Length == 1) throw new UsageException("'memory' takes a workload");
                OptimizedBuild.Require();
                if (args.Contains("--seconds")) throw new UsageException("'memory' counts steps, not seconds: --seconds has no meaning");
                return MemoryCommand.Run(CompareOptions.Parse(args[1], args.AsSpan(2)));
            case "all":
                OptimizedBuild.Require();
                return args switch
                {
                    [_, var file] => AllCommand.Run(file, seconds: 3),
                    [_, var file, "--seconds", var seconds] => AllCommand.Run(file, CompareOptions.ParseSeconds(seconds)),
                    _ => throw new UsageException("'all' takes a file, and possibly --seconds S"),
                };
            case "table":
                ExpectCount(args, 1, "a file");
                return TableCommand.Run(args[1]);
            // The next three are what this program starts itself as.
            case "worker":
                ExpectCount(args, 5, "five arguments");
                return Worker.Run(rest);
            case MemoryWorker.Command:
                ExpectCount(args, 7, "seven arguments");
                return MemoryWorker.Run(rest);
            case "cold-worker":
                ExpectCount(args, 1, "a file");
                return ColdCommand.RunWorker(args[1]);
            default:
                if (rest.Contains("--help")) goto case "--help";
                OptimizedBuild.Require();
                return CompareCommand.Run(CompareOptions.Parse(args[0], rest));
        }
    }

    private static void ExpectCount(string[] args, int count, string expected)
    {
        if (args.Length - 1 != count) throw new UsageException($"'{args[0]}' takes {expected}, not {args.Length - 1} argument(s)");
    }
}
