using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using NetGen.GeneratorBenchmark;

// Prints one JSON line: "cold" of the first run of the generator in this process, "warm" of many runs and what an edit elsewhere re-runs, "check" of the
// analyzer's work, "import" of a file and of the generator's runs on it and on a network written by hand.
long begin = Stopwatch.GetTimestamp();
string compiler = typeof(Program).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "CompilerFolder").Value!;
AssemblyLoadContext.Default.Resolving += (context, name) =>
    Path.Combine(compiler, name.Name + ".dll") is var file && File.Exists(file) ? context.LoadFromAssemblyPath(file) : null;
switch (args)
{
    case ["cold", var network]:
        ColdRun.Run(Subject.Find(network), begin);
        return 0;
    case ["warm", var network]:
        WarmRuns.Run(Subject.Find(network));
        return 0;
    case ["check", var network]:
        CheckRuns.Run(Subject.Find(network));
        return 0;
    case ["import", var file, var network]:
        ImportRuns.Run(file, Subject.Find(network));
        return 0;
    default:
        Console.Error.WriteLine("error: two arguments are expected, 'cold', 'warm' or 'check' and a network; or 'import', a file and a network");
        return 2;
}
