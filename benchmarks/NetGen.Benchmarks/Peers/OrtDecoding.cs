using Microsoft.ML.OnnxRuntime;
using NetGen.Benchmarks.Onnx;

namespace NetGen.Benchmarks;

/// <summary>
/// Greedy decoding by ONNX Runtime as its users drive it: a session for the encoder, and one for a step of the decoder with the likeliest token as the model's output. States and
/// tokens stay in values that are bound once: what a step gives is bound as what the next one takes.
/// </summary>
internal sealed class OrtDecoding : IContestant
{
    private const string Token = "token", Next = "next";

    private static readonly string[] States = ["h", "c"];

    private readonly RunOptions run = new();
    private readonly InferenceSession encoder, decoder;
    private readonly OrtIoBinding encoding;

    /// <summary>From the first of both places of token and states to the second, and back.</summary>
    private readonly OrtIoBinding[] steps;

    private readonly List<OrtValue> values = [];
    private readonly long[][] tokens = [new long[1], new long[1]];
    private readonly float[] written;

    private OrtDecoding(Setup setup, SessionOptions options)
    {
        if (setup.Batch != 1) throw new UsageException($"{setup.Workload.Name} is for batch 1");
        var dense = (DenseLayer)setup.Workload.Output;
        var layer = (EncoderDecoderLayer)dense.Inputs[0];
        written = new float[setup.OutputCount];
        long[] source = Array.ConvertAll(setup.Inputs[0], token => (long)token), state = [1, 1, layer.Units];
        encoder = new InferenceSession(EncoderModel(setup, layer, source.Length, state), options);
        decoder = new InferenceSession(DecoderModel(setup, dense, layer, state), options);
        OrtValue[][] states = [.. tokens.Select(_ => States.Select(_ => Value(new float[layer.Units], state)).ToArray())];
        OrtValue[] places = [.. tokens.Select(token => Value(token, [1, 1]))];
        encoding = encoder.CreateIoBinding();
        encoding.BindInput(Token, Value(source, [source.Length, 1]));
        for (int i = 0; i < States.Length; i++) encoding.BindOutput(After(States[i]), states[0][i]);
        steps = [.. tokens.Select((_, from) => Bind(from, 1 - from))];

        OrtIoBinding Bind(int from, int to)
        {
            var binding = decoder.CreateIoBinding();
            binding.BindInput(Token, places[from]);
            binding.BindOutput(Next, places[to]);
            for (int i = 0; i < States.Length; i++)
            {
                binding.BindInput(States[i], states[from][i]);
                binding.BindOutput(After(States[i]), states[to][i]);
            }
            return binding;
        }

        OrtValue Value<T>(T[] memory, long[] shape)
            where T : unmanaged
        {
            values.Add(OrtValue.CreateTensorValueFromMemory(memory, shape));
            return values[^1];
        }
    }

    public ReadOnlySpan<float> Output => written;

    public static IReadOnlyList<Variant> Variants(Setup setup) => OrtInference.Variants(setup, options => new OrtDecoding(setup, options));

    public void Step()
    {
        tokens[0][0] = Setup.StartToken;
        encoder.RunWithBinding(run, encoding);
        for (int i = 0; i < written.Length; i++)
        {
            decoder.RunWithBinding(run, steps[i & 1]);
            // Read at each step, as whoever looks for the end does.
            written[i] = tokens[1 - (i & 1)][0];
        }
    }

    public void Dispose()
    {
        encoding.Dispose();
        foreach (var step in steps) step.Dispose();
        foreach (var value in values) value.Dispose();
        encoder.Dispose();
        decoder.Dispose();
        run.Dispose();
    }

    private static string After(string state) => state + ":after";

    private static byte[] EncoderModel(Setup setup, EncoderDecoderLayer layer, long length, long[] state) => OnnxGraph.Write("encoder", setup.Batch, graph =>
    {
        string x = layer.Inputs[0].AddTo(graph, [graph.Tokens(Token, [length, 1])], setup.Weights);
        graph.Node("LSTM", "encoder", [OnnxGraph.Integer("hidden_size", layer.Units)], ["", .. States.Select(After)], layer.Encoder.ToOnnx(graph, x, setup.Weights));
        foreach (var name in States) graph.Result(After(name), state);
    });

    private static byte[] DecoderModel(Setup setup, DenseLayer dense, EncoderDecoderLayer layer, long[] state) => OnnxGraph.Write("decoder", setup.Batch, graph =>
    {
        string x = layer.Inputs[1].AddTo(graph, [graph.Tokens(Token, [1, 1])], setup.Weights);
        string[] states = [.. States.Select(name => graph.Given(name, state))];
        graph.Node("LSTM", "decoder", [OnnxGraph.Integer("hidden_size", layer.Units)], ["", .. States.Select(After)], [.. layer.Decoder.ToOnnx(graph, x, setup.Weights), "", .. states]);
        foreach (var name in States) graph.Result(After(name), state);
        string scores = dense.AddTo(graph, [graph.Node("Reshape", "last", [], After(States[0]), graph.Initializer("last/shape", [1, layer.Units]))], setup.Weights);
        graph.Node("ArgMax", "likeliest", [OnnxGraph.Integer("axis", 1), OnnxGraph.Integer("keepdims", 1)], [Next], [scores]);
        graph.TokenResult(Next, [1, 1]);
    });
}
