using NetGen.Importing;
using NetGen.Onnx;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Whole well-known topologies, whose weights are constants: they import, compile and run. As numbers they say little.</summary>
public sealed class LightModelTests
{
    /// <summary>Those whose weights take too much memory to run in a test are imported only.</summary>
    private static readonly string[] s_large = ["light_vgg19", "light_zfnet512", "light_bvlc_alexnet"];

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
            if (s_large.Contains(Path.GetFileNameWithoutExtension(files[i])))
                continue;
            OnnxTensor expected = OnnxCase.Tensor(Path.ChangeExtension(files[i], null) + "_output_0.pb");
            float[] y = OnnxComparison.Run(assembly.Load(imported[i]), [image], [expected.Count], 1)[0];
            Assert.Null(OnnxComparison.Difference(expected, y));
        }
    }

    /// <summary>The channel shuffles are what really moves in ShuffleNet; nothing else does anywhere.</summary>
    [Fact]
    public void Only_channel_shuffles_are_left_as_transposes()
    {
        foreach (string file in Directory.GetFiles(OnnxData.Shared("onnx-light"), "*.onnx"))
        {
            int shuffles = OnnxFile.Read(file).Nodes.Count(n => n.OpType == "Transpose");
            Assert.Equal(shuffles, OnnxImporter.Import(file).NetworkSource.Elements.Count(e => e.Kind == "Permute"));
        }
    }
}
