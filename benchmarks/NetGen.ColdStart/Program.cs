using System.Diagnostics;
using NetGen.Benchmarks;

// The smallest program with a network: loads it from a file, predicts one sample, and tells when it began and when it had the output,
// by the clock that all processes of the machine share.
long begin = Stopwatch.GetTimestamp();
switch (args[0])
{
    case "mlp-tiny":
        MlpTiny.Load(args[1]).Predict(new float[MlpTiny.InputSize], new float[MlpTiny.OutputSize]);
        break;
    case "mlp":
        Mlp.Load(args[1]).Predict(new float[Mlp.InputSize], new float[Mlp.OutputSize]);
        break;
    case "mlp-wide":
        MlpWide.Load(args[1]).Predict(new float[MlpWide.InputSize], new float[MlpWide.OutputSize]);
        break;
    default:
        throw new ArgumentException($"no network '{args[0]}'");
}
long end = Stopwatch.GetTimestamp();
Console.WriteLine($"{begin} {end}");
