using System.Text.Json;
using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;
using NetGen.Keras;
using LayerArguments = NetGen.Keras.KerasArguments;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>Keras's shape cases: output shapes, counts of weights and of random streams, and whether masks go on.</summary>
public sealed class LayerShapeTests
{
    private const string CaseFile = "keras_shape_cases.json";

    [Fact]
    public void Shapes_and_weights()
    {
        string path = Path.Combine(Environment.GetEnvironmentVariable("NETGEN_CASES") ?? ".", CaseFile);
        if (!File.Exists(path))
            Assert.Skip($"NETGEN_CASES names no folder that holds {CaseFile}.");

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
        CaseTable.Check("shape", CaseFile, document.RootElement.GetProperty("shape_cases").EnumerateArray().Select(json => new KerasValue(json)).Select(c =>
        {
            string layer = c["layer"].AsString();
            return (layer, $"{layer} {c["config"]}{(c.TryGet("input_shape", out KerasValue on) ? $" on {on}" : "")}", (Func<string?>)(() => Check(layer, c)));
        }));
    }

    private static string? Check(string kind, KerasValue c)
    {
        kind = LayerArguments.KindOf(kind);
        KerasLayer? around = KerasTape.IsAround(kind) ? KerasTape.Around(kind, c["config"], null) : null;
        Layer? layer = LayerTable.Find(kind = around?.Kind ?? kind);
        if (layer is null && around is null)
            throw new NotCoveredException($"the layer {kind}");
        KerasTape tape = new();
        bool hasData = c.TryGet("input_data", out KerasValue data);
        if (hasData && c.TryGet("expected_output", out _))
            return CheckValues(layer!, c, tape, data.AsArray());

        if (c["config"].TryGet("dtype", out KerasValue type) && type.IsString && type.AsString().Contains("_from_", StringComparison.Ordinal))
            throw new NotCoveredException("quantized weights");

        int[][] shapes = hasData ? [data.AsArray().Shape] : [.. InputShapes(c["input_shape"]).Select(s => s.Items().Select(d => d.IsNull ? -1 : d.AsInt()).ToArray())];
        if (shapes.Any(s => s.Contains(0)))
            throw new NotCoveredException("an input without elements");

        string[] inputs = [.. shapes.Select(s => tape.AddInput(s.Skip(1)))];
        tape.AddLayer(around ?? new KerasLayer(kind, [.. KerasTape.ConfigArguments(layer!, c["config"])], []), [], inputs);
        TapeResult result = Tape.Build(tape.Model, training: true);
        if (c["test"].AsString().Contains("invalid", StringComparison.Ordinal))
            return result.Problems.Count > 0 || c["config"].Names().All(n => c["config"][n].IsNull) ? null : "accepted, but Keras refuses it";
        if (result.Problems.Count > 0)
            return string.Join("; ", result.Problems.Select(p => p.Message));

        long batch = shapes[0][0] is >= 0 and var size ? size : 3;
        Shape output = result.Graph.Outputs[0].Value.Shape;
        if (c.TryGet("expected_output_shape", out KerasValue expected) && expected.IsList)
        {
            // None stands for any size.
            long[] wanted = [.. expected.Items().Select(d => d.IsNull ? -1L : d.AsInt())];
            long[] found = [.. output.Dims.Select(d => d == NetGen.Generator.Dim.Batch ? batch : d.IsConstant ? d.Constant : -1)];
            if (wanted.Length != found.Length || wanted.Zip(found).Any(p => p.First != p.Second && p.First != -1))
                return $"the shape is ({string.Join(", ", found)}), expected ({string.Join(", ", wanted)})";
        }

        return Count("expected_num_trainable_weights", result.Graph.Parameters.Count(p => p.Parameter!.Trainable))
            ?? Count("expected_num_non_trainable_weights", result.Graph.Parameters.Count(p => !p.Parameter!.Trainable))
            ?? Count("expected_num_seed_generators", result.RandomStreams.Select(s => s.Layer).Distinct().Count())
            ?? Count("expected_num_losses", result.Graph.Parameters.Count(p => p.Parameter!.Regularizer is not null) + (result.Graph.Penalty is null ? 0 : 1))
            ?? Masking();

        string? Count(string name, int found) =>
            c.TryGet(name, out KerasValue value) && !value.IsNull && value.AsInt() != found ? $"{name} is {value.AsInt()}, found {found}" : null;

        // What supports_masking says of layers that change the mask themselves is seen in their own tests.
        string? Masking() =>
            c.TryGet("supports_masking", out KerasValue value) && !value.IsNull && around is null && layer!.Inputs.Most == 1 && kind is not ("Embedding" or "Masking" or "SimpleRNN" or "LSTM" or "GRU" or "GlobalAveragePooling1D") && value.AsBool() != layer.CarriesMask
                ? $"supports_masking is {value.AsBool()}" : null;
    }

    /// <summary>One shape, several, or those of an attention by their names.</summary>
    private static IReadOnlyList<KerasValue> InputShapes(KerasValue value) =>
        value.TryGet("query_shape", out KerasValue query) ? [query, value["value_shape"], .. value.TryGet("key_shape", out KerasValue key) ? new[] { key } : []]
        : value.Items()[0].IsList ? value.Items() : [value];

    private static string? CheckValues(Layer layer, KerasValue c, KerasTape tape, KerasArray input)
    {
        tape.AddLayer(layer.Kind, KerasTape.ConfigArguments(layer, c["config"]), [tape.AddInput(input)]);
        TapeResult result = Tape.Build(tape.Model, training: false);
        if (result.Problems.Count > 0)
            return string.Join("; ", result.Problems.Select(p => p.Message));

        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = input.Shape[0] });
        interpreter.Set(result.Graph.Inputs[0], LayerCaseTests.Rounded(input));
        interpreter.Run(result.Graph);
        DoubleTensor y = interpreter.Get(result.Graph.Outputs[0].Value);
        KerasArray expected = c["expected_output"].AsArray();
        return !y.Shape.SequenceEqual(expected.Shape) ? $"the shape is ({string.Join(", ", y.Shape)}), expected ({string.Join(", ", expected.Shape)})"
            : y.Data.Zip(expected.Data).All(p => Math.Abs(p.First - p.Second) <= 1e-6) ? null : "the values differ";
    }
}
