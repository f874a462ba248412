using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using NetGen.Tests.Training;

namespace NetGen.Tests.Onnx;

/// <summary>Networks as files that ONNX Runtime runs.</summary>
public sealed class OnnxExportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => this.folder.Dispose();

    [Fact]
    public void Convolutions_with_normalization() =>
        this.Check(new Training.Filtered(seed: 3), [new Given("input", [3, 9, 10, 16])], (n, x, y) => n.Predict(x[0], y[0]));

    [Fact]
    public void Inverted_residuals_of_a_ready_made_architecture() =>
        this.Check(new ExportedMobileNet(seed: 3), [new Given("input", [2, 33, 32, 3])], (n, x, y) => n.Predict(x[0], y[0]));

    [Fact]
    public void Dense_layers_with_normalization() =>
        this.Check(new Deep(seed: 4), [new Given("input", [7, 37])], (n, x, y) => n.Predict(x[0], y[0]));

    [Fact]
    public void A_block() => this.Check(new Nested(seed: 4), [new Given("input", [1, 3])], (n, x, y) => n.Predict(x[0], y[0]));

    [Fact]
    public void Two_inputs_and_two_outputs() =>
        this.Check(new TwoHeads(seed: 5), [new Given("left", [4, 3]), new Given("right", [4, 2])], (n, x, y) => n.Predict(x[0], x[1], y[0], y[1]));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 6)]
    public void Tokens_and_a_recurrence_of_any_time(int samples, int time) =>
        this.Check(new Tagger(seed: 6), [new Given("tokens", [samples, time], Most: 7)], (n, x, y) => n.Predict(x[0], y[0], samples));

    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 9)]
    public void Attention_of_any_time(int samples, int time) =>
        this.Check(new Attending(seed: 7), [new Given("input", [samples, time, 3])], (n, x, y) => n.Predict(x[0], y[0], samples));

    [Fact]
    public void A_recurrence_that_carries_its_states_starts_at_zero() =>
        this.Check(new Carrying(seed: 8), [new Given("input", [2, 4, 3])], (n, x, y) => n.Predict(x[0], y[0], 2));

    [Fact]
    public void An_export_says_what_it_needs()
    {
        string file = this.folder["w.safetensors"];
        new Training.Filtered(seed: 1).Save(file);
        Training.Filtered served = Training.Filtered.Load(file);
        Assert.Throws<InvalidOperationException>(() => served.ExportOnnx(this.folder["w.onnx"]));
        Assert.False(File.Exists(this.folder["w.onnx"]));
        Assert.Throws<ArgumentException>(() => new Training.Filtered().ExportOnnx(""));
        Assert.ThrowsAny<IOException>(() => new Training.Filtered().ExportOnnx(Path.Combine(this.folder["none"], "w.onnx")));
    }

    [Fact]
    public void Equal_networks_give_equal_files()
    {
        new Training.Filtered(seed: 9).ExportOnnx(this.folder["a.onnx"]);
        new Training.Filtered(seed: 9).ExportOnnx(this.folder["b.onnx"]);
        Assert.Equal(File.ReadAllBytes(this.folder["a.onnx"]), File.ReadAllBytes(this.folder["b.onnx"]));
    }

    private delegate void Prediction<T>(T network, float[][] inputs, float[][] outputs);

    private void Check<T>(Network<T> network, Given[] given, Prediction<T> predict)
        where T : Network<T>, INetwork<T>
    {
        string file = this.folder["model.onnx"];
        network.ExportOnnx(file);
        Random random = new(11);
        float[][] inputs = [.. given.Select(g => Enumerable.Range(0, g.Shape.Aggregate(1, (a, b) => a * b)).Select(_ => g.Most > 0 ? random.Next(g.Most) : (float)((2 * random.NextDouble()) - 1)).ToArray())];
        using InferenceSession session = new(file);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([.. given.Select((g, i) => NamedOnnxValue.CreateFromTensor(g.Name, new DenseTensor<float>(inputs[i], g.Shape)))]);
        float[][] expected = [.. results.Select(r => r.AsTensor<float>().ToArray())];
        float[][] found = [.. expected.Select(e => new float[e.Length])];
        predict((T)network, inputs, found);
        for (int i = 0; i < found.Length; i++)
        {
            float most = Math.Max(1, expected[i].Max(MathF.Abs));
            Assert.All(found[i].Zip(expected[i]), p => Assert.True(MathF.Abs(p.First - p.Second) <= 1e-5f * most, $"{p.First} and {p.Second}"));
        }
    }

    /// <param name="Name">Of the input.</param>
    /// <param name="Shape">With the batch.</param>
    /// <param name="Most">Tokens below this number; otherwise numbers around 0.</param>
    private sealed record Given(string Name, int[] Shape, int Most = 0);
}
