using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using NetGen.Conformance.Tests.Onnx;
using NetGen.Importing;

namespace NetGen.Conformance.Tests.Keras;

/// <summary>Trained models in Keras's files, imported, compiled with the generator and run, against what Keras gave for the same inputs.</summary>
public sealed partial class TrainedModelTests
{
    [Theory]
    [InlineData("pretrainedResnet.h5", "resnet8-cifar10", 2, 20)]
    [InlineData("ad01.h5", "autoencoder-toycar", 3, 20)]
    public void Gives_what_Keras_gave(string file, string cases, int count, int attributes)
    {
        string folder = Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", "keras-weights", "mlperf-tiny");
        if (!File.Exists(Path.Combine(folder, file)))
            Assert.Skip("NETGEN_CASES names no folder that holds keras-weights.");

        ImportedNetwork imported = KerasImporter.Import(Path.Combine(folder, file));
        Assert.True(imported.Source.Split('\n').Length > attributes, imported.Source);
        ImportedAssembly assembly = ImportedAssembly.Of([imported]);
        Assert.Empty(assembly.Diagnostics);
        Network network = assembly.Load(imported);
        for (int i = 0; i < count; i++)
        {
            float[] x = Read(Path.Combine(folder, cases, $"input_{i}.npy")), expected = Read(Path.Combine(folder, cases, $"output_{i}.npy"));
            float[] y = new float[expected.Length];
            network.Infer(new PredictCall { Input0 = x, Output0 = y }, 1);
            double largest = expected.Max(Math.Abs), difference = y.Zip(expected).Max(p => Math.Abs(p.First - p.Second));
            Console.WriteLine($"{file} {i}: the largest difference is {difference:g3} of {largest:g3}");
            Assert.True(difference <= 1e-4 * largest, $"{file}, input {i}: the largest difference is {difference} of {largest}.");
        }
    }

    /// <summary>An array of floats in NumPy's format.</summary>
    private static float[] Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int length = BitConverter.ToUInt16(bytes, 8);
        string header = Encoding.Latin1.GetString(bytes, 10, length);
        Assert.Contains("'<f4'", header, StringComparison.Ordinal);
        Assert.Contains("'fortran_order': False", header, StringComparison.Ordinal);
        int count = Shape().Match(header).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Aggregate(1, (a, d) => a * int.Parse(d, System.Globalization.CultureInfo.InvariantCulture));
        float[] values = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(10 + length)).ToArray();
        Assert.Equal(count, values.Length);
        return values;
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex Shape();
}
