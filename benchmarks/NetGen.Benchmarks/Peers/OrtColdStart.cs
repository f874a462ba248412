using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace NetGen.Benchmarks;

/// <summary>ONNX Runtime from a file to its first output, as a program that starts would do it.</summary>
internal static class OrtColdStart
{
    /// <param name="file">The model.</param>
    /// <param name="loaded">Receives the clock's reading when the session was there.</param>
    public static void LoadAndPredict(string file, out long loaded)
    {
        using var options = OrtInference.CreateOptions(threads: 1);
        using var session = new InferenceSession(file, options);
        loaded = Stopwatch.GetTimestamp();
        long[] shape = [.. session.InputMetadata[session.InputNames[0]].Dimensions.Select(d => (long)d)];
        using var input = OrtValue.CreateTensorValueFromMemory(new float[shape.Aggregate(1L, (a, b) => a * b)], shape);
        using var run = new RunOptions();
        using var outputs = session.Run(run, session.InputNames, [input], session.OutputNames);
    }
}
