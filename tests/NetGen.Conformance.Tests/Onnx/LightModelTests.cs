using System.Globalization;
using System.Text;
using NetGen.Conformance.Tests.Keras;
using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Whole well-known topologies, whose weights are constants: they import, compile and run. As numbers they say little.</summary>
public sealed class LightModelTests
{
    /// <summary>Those whose weights are hundreds of megabytes: they run on the default path only, as what they are made of runs on each in the others.</summary>
    private static readonly string[] s_large = ["light_vgg19", "light_zfnet512", "light_bvlc_alexnet"];

    /// <summary>How often data move. What ShuffleNet shuffles are channels, once in each of its 16 blocks; everywhere else the graph is turned.</summary>
    private static readonly Dictionary<string, int> s_transposes = new() { ["light_shufflenet"] = 16 };

    [Fact]
    public void Topologies_run()
    {
        string[] files = [.. Directory.GetFiles(OnnxData.Shared("onnx-light"), "*.onnx").Order(StringComparer.Ordinal)];
        Assert.Equal(9, files.Length);
        ImportedNetwork[] imported = [.. files.Select(f => OnnxImporter.Import(f, new OnnxImportOptions { ClassName = NetworkSource.Identifier(Path.GetFileNameWithoutExtension(f)), Training = false }))];
        ImportedAssembly assembly = ImportedAssembly.Of(imported);
        Random random = new(1);
        float[] image = [.. Enumerable.Range(0, 224 * 224 * 3).Select(_ => random.NextSingle())];
        for (int i = 0; i < files.Length; i++)
        {
            if (s_large.Contains(Path.GetFileNameWithoutExtension(files[i])) && !IsDefaultPath)
                continue;
            OnnxTensor expected = OnnxCase.Tensor(Path.ChangeExtension(files[i], null) + "_output_0.pb");
            float[] y = OnnxComparison.Run(assembly.Load(imported[i]), [image], [expected.Count], 1)[0];
            Assert.Null(OnnxComparison.Difference(expected, y));
        }

        StringBuilder table = new("| topology | parameters | |\n|---|---:|---|\n");
        foreach ((string file, ImportedNetwork network) in files.Zip(imported))
            table.Append(CultureInfo.InvariantCulture, $"| {Path.GetFileNameWithoutExtension(file)} | {network.Weights.Tensors.Sum(t => t.Shape.ToArray().Aggregate(1L, (a, b) => a * b)):N0} | passes |\n");
        CasePage.Verify("onnx-light", "onnx-light", table.ToString());
    }

    /// <summary>Whether no instructions of the machine are switched off.</summary>
    private static bool IsDefaultPath => Environment.GetEnvironmentVariable("DOTNET_EnableAVX512") != "0" && Environment.GetEnvironmentVariable("DOTNET_EnableAVX2") != "0";

    [Fact]
    public void Only_channel_shuffles_are_left_as_transposes()
    {
        foreach (string file in Directory.GetFiles(OnnxData.Shared("onnx-light"), "*.onnx"))
            Assert.Equal((file, s_transposes.GetValueOrDefault(Path.GetFileNameWithoutExtension(file))), (file, OnnxImporter.Import(file).Transposes));
    }
}
