using System.Text;
using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx;
using NetGen.Onnx.Proto;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>Trained models with what other implementations computed of real inputs.</summary>
public sealed class RealModelTests
{
    [Fact]
    public void Trained_models_agree_with_their_references()
    {
        string[] folders = [.. Directory.GetDirectories(OnnxData.Shared("onnx-real")).Order(StringComparer.Ordinal)];
        Check(OnnxRun.Of(folders, training: true));
        StringBuilder table = new("| model | data sets | |\n|---|---:|---|\n");
        foreach (string folder in folders)
            table.Append($"| {Path.GetFileName(folder)} | {OnnxCase.Read(folder).Sets.Count} | passes |\n");
        CasePage.Verify("onnx-real", "onnx-real", table.ToString());
    }

    [Fact]
    public void Models_that_keep_their_layout_agree_too() => Check(OnnxRun.Of([.. Directory.GetDirectories(OnnxData.Shared("onnx-real")).Where(d => !d.Contains("squeezenet", StringComparison.Ordinal))], keepLayout: true));

    [Fact]
    public void Models_without_a_batch_agree_too() => Check(OnnxRun.Of([.. Directory.GetDirectories(OnnxData.Shared("onnx-real")).Where(d => !d.Contains("squeezenet", StringComparison.Ordinal))], batch: OnnxImportBatch.None));

    [Fact]
    public void Both_precisions_of_squeezenet_see_the_same_in_real_photographs()
    {
        string[] folders = [OnnxData.Shared("onnx-real/squeezenet-fp32"), OnnxData.Shared("onnx-real/squeezenet-fp16")];
        ImportedNetwork[] imported = [.. folders.Select((f, i) => OnnxImporter.Import(Path.Combine(f, "model.onnx"), new OnnxImportOptions { ClassName = "Squeezenet" + i, Training = false }))];
        ImportedAssembly assembly = ImportedAssembly.Of(imported);
        Network[] networks = [.. imported.Select(assembly.Load)];
        OnnxCase[] cases = [.. folders.Select(OnnxCase.Read)];
        for (int set = 0; set < cases[0].Sets.Count; set++)
        {
            int[] best = [.. networks.Select((n, i) =>
            {
                float[] y = OnnxComparison.Run(n, [OnnxComparison.ToTape(imported[i].Inputs[0], cases[i].Sets[set].Inputs[0])], [1000], 1)[0];
                return Array.IndexOf(y, y.Max());
            })];
            double[] expected = cases[0].Sets[set].Outputs[0].ReadDoubles();
            Assert.Equal([Array.IndexOf(expected, expected.Max())], best.Distinct());
        }
    }

    [Fact]
    public void No_transpose_is_left_in_trained_models()
    {
        foreach (string folder in Directory.GetDirectories(OnnxData.Shared("onnx-real")))
            Assert.Equal(0, OnnxImporter.Import(Path.Combine(folder, "model.onnx")).Transposes);
    }

    [Fact]
    public void An_imported_text_reads_as_the_author_of_the_model_would_write_it()
    {
        string source = OnnxImporter.Import(Path.Combine(OnnxData.Shared("onnx-real/mnist-burn"), "model.onnx"), new OnnxImportOptions { ClassName = "Digits", Namespace = "App" }).Source;
        Assert.Equal(
            """
            // torch_jit, imported from model.onnx (ONNX, opset 16, written by pytorch 2.0.0)
            // The input 'input.1' is given as (0, 2, 3, 1) of the model's axes: NHWC for NCHW.
            using NetGen;

            namespace App;

            /// <summary>torch_jit, imported from model.onnx (ONNX, opset 16, written by pytorch 2.0.0)</summary>
            [Network]
            [Input(28, 28, 1, Name = "input_1")]
            [Conv2D(8, 3, Activation = Activation.ReLU, Name = "conv1")]
            [Conv2D(16, 3, Activation = Activation.ReLU, Name = "conv2")]
            [Conv2D(24, 3, Activation = Activation.ReLU, Name = "conv3")]
            [BatchNormalization(Epsilon = 1E-05, Momentum = 0.9, Name = "norm1")]
            [Flatten]
            [Dense(32, Activation = Activation.ReLU, Name = "fc1")]
            [Dense(10, Name = "fc2")]
            [BatchNormalization(Epsilon = 1E-05, Momentum = 0.9, Name = "norm2")]
            [LogSoftmax(Name = "log_softmax")]
            public partial class Digits;

            """,
            source);
    }

    [Fact]
    public void A_step_of_speech_enhancement_becomes_a_stream()
    {
        string folder = OnnxData.Shared("onnx-real/dtln-1-lstm"), file = Path.Combine(folder, "model.onnx");
        ImportedNetwork sequences = OnnxImporter.Import(file, new OnnxImportOptions { ClassName = "Sequences", Stream = true, Training = false });
        ImportedNetwork steps = OnnxImporter.Import(file, new OnnxImportOptions { ClassName = "Steps", Training = false });
        Assert.Contains("[Input(Dim.Any, 257,", sequences.Source, StringComparison.Ordinal);
        Assert.Single(sequences.Inputs);
        ImportedAssembly assembly = ImportedAssembly.Of([sequences, steps]);
        Network whole = assembly.Load(sequences), step = assembly.Load(steps);
        OnnxCase c = OnnxCase.Read(folder);

        // The reference's own frames, one behind the other, from states of 0 as the stream has them.
        float[][] frames = [.. c.Sets.Select(s => s.Inputs[0].ReadFloats())];
        float[] states = new float[c.Sets[0].Inputs[1].Count], y = new float[257];
        List<float> expected = [];
        using InferenceStream stream = (InferenceStream)whole.GetType().GetMethod("CreateStream")!.Invoke(whole, [1])!;
        foreach (float[] frame in frames)
        {
            stream.Step(frame, y);
            float[][] outputs = OnnxComparison.Run(step, [frame, states], [257, states.Length], 1);
            states = outputs[1];
            expected.AddRange(outputs[0]);
            for (int i = 0; i < y.Length; i++)
                Assert.Equal(outputs[0][i], y[i], 1e-5f);
        }

        // And all frames at once are the same.
        float[] all = OnnxComparison.Run(whole, [[.. frames.SelectMany(f => f)]], [expected.Count], 1)[0];
        for (int i = 0; i < all.Length; i++)
            Assert.Equal(expected[i], all[i], 1e-5f);

        // Where the reference began at 0, it is what the stream gives first.
        OnnxDataSet? fromZero = c.Sets.FirstOrDefault(s => s.Inputs[1].ReadFloats().All(v => v == 0));
        Assert.NotNull(fromZero);
        stream.Reset();
        stream.Step(fromZero.Inputs[0].ReadFloats(), y);
        Assert.Null(OnnxComparison.Difference(fromZero.Outputs[0], y));
    }

    [Fact]
    public void Networks_of_one_size_can_be_used_for_any_batch()
    {
        string folder = OnnxData.Shared("onnx-real/resnet8-cifar10");
        OnnxCase c = OnnxCase.Read(folder);
        ImportedNetwork imported = OnnxImporter.Import(c.ModelFile, new OnnxImportOptions { Training = false });
        Network network = ImportedAssembly.Of([imported]).Load(imported);
        float[][] images = [.. c.Sets.Select(s => OnnxComparison.ToTape(imported.Inputs[0], s.Inputs[0]))];
        float[] y = OnnxComparison.Run(network, [[.. images.SelectMany(i => i)]], [10 * images.Length], images.Length)[0];
        for (int i = 0; i < images.Length; i++)
            Assert.Null(OnnxComparison.Difference(c.Sets[i].Outputs[0], y[(10 * i)..(10 * (i + 1))]));
    }

    [Fact]
    public void ImportsResNet50WithAllItsWeights()
    {
        string file = OnnxData.Shared("onnx-light/light_resnet50.onnx"), weights = Path.GetTempFileName();
        try
        {
            ImportedNetwork imported = OnnxImporter.Import(file);
            imported.SaveWeights(weights);
            using SafetensorsReader reader = new(weights);
            Assert.Equal(imported.Weights.Tensors.Count, reader.Tensors.Count);
            Assert.Equal(25_557_032 + (2 * 26_560), reader.Tensors.Sum(t => t.Shape.ToArray().Aggregate(1L, (a, b) => a * b)));
        }
        finally
        {
            File.Delete(weights);
        }
    }

    private static void Check(IReadOnlyList<OnnxResult> results)
    {
        Assert.NotEmpty(results);
        Assert.True(results.All(r => r.Failure is null), string.Join("\n", results.Where(r => r.Failure is not null).Select(r => $"{r.Case}: {r.Failure}")));
    }
}
