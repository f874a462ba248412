using System.Text.Json;
using NetGen.Conformance.Tests.Keras;
using NetGen.Generator;
using NetGen.Keras;

namespace NetGen.Conformance.Tests.Layers;

/// <summary>
/// Keras's Bidirectional over layers of their own and over stacks of cells, by its definition: the backward layer is one that reads the sequence turned round, whose outputs are turned round again.
/// </summary>
public sealed class DirectionTests
{
    private const string Lstm = """{"class_name": "LSTM", "config": {"units": 2, "kernel_initializer": "ones" MORE}}""";
    private const string HardLstm = """{"class_name": "LSTM", "config": {"units": 2, "activation": "relu", "recurrent_activation": "hard_sigmoid" MORE}}""";
    private const string DroppingLstm = """{"class_name": "LSTM", "config": {"units": 2, "dropout": 0.5 MORE}}""";
    private const string SeluLstm = """{"class_name": "LSTM", "config": {"units": 2, "activation": "selu" MORE}}""";
    private const string Gru = """{"class_name": "GRU", "config": {"units": 2, "activation": "elu" MORE}}""";
    private const string GruBefore = """{"class_name": "GRU", "config": {"units": 2, "reset_after": false, "use_bias": false MORE}}""";
    private const string WideGru = """{"class_name": "GRU", "config": {"units": 5 MORE}}""";
    private const string Simple = """{"class_name": "SimpleRNN", "config": {"units": 2, "activation": "linear" MORE}}""";
    private const string Stack = """{"class_name": "RNN", "config": {"cell": {"class_name": "StackedRNNCells", "config": {"cells": [{"class_name": "LSTMCell", "config": {"units": 3}}, {"class_name": "GRUCell", "config": {"units": 2, "activation": "leaky_relu"}}]}} MORE}}""";
    private const string Single = """{"class_name": "RNN", "config": {"cell": [{"class_name": "LSTMCell", "config": {"units": 2}}] MORE}}""";
    private const string DroppingStack = """{"class_name": "RNN", "config": {"cell": [{"class_name": "GRUCell", "config": {"units": 4, "recurrent_dropout": 0.1}}, {"class_name": "SimpleRNNCell", "config": {"units": 2}}] MORE}}""";

    /// <summary>Sizes of the input: samples, steps and features.</summary>
    private static readonly int[] Shape = [4, 5, 3];

    [Theory]
    [InlineData(Lstm, HardLstm, "concat", true, true)]
    [InlineData(Lstm, HardLstm, "concat", false, true)]
    [InlineData(Lstm, SeluLstm, "ave", false, true)]
    [InlineData(Lstm, SeluLstm, "ave", true, false)]
    [InlineData(Lstm, DroppingLstm, "mul", true, false)]
    [InlineData(DroppingLstm, Lstm, "mul", true, true)]
    [InlineData(Lstm, Gru, "sum", true, true)]
    [InlineData(GruBefore, Gru, "ave", true, true)]
    [InlineData(Gru, GruBefore, "mul", true, true)]
    [InlineData(Gru, GruBefore, "mul", false, true)]
    [InlineData(Simple, WideGru, "concat", true, true)]
    [InlineData(Gru, Simple, "sum", true, true)]
    [InlineData(Simple, Stack, "sum", true, true)]
    [InlineData(Simple, Stack, "ave", false, true)]
    [InlineData(Stack, Stack, "concat", true, true)]
    [InlineData(Stack, null, "concat", true, true)]
    [InlineData(Stack, null, "mul", false, true)]
    [InlineData(Single, null, "sum", true, true)]
    [InlineData(DroppingStack, null, "sum", true, false)]
    [InlineData(DroppingStack, null, "concat", false, false)]
    public void A_backward_layer_reads_the_sequence_turned_round(string forward, string? backward, string merge, bool isSequence, bool isMasked)
    {
        string sequences = isSequence ? ", \"return_sequences\": true, \"zero_output_for_mask\": true" : "";
        string config = $$"""{"merge_mode": "{{merge}}", "layer": {{With(forward, sequences)}} {{(backward is null ? "" : $", \"backward_layer\": {With(backward, sequences + ", \"go_backwards\": true")}")}}}""";
        Random random = new(7);
        double[] x = [.. Enumerable.Range(0, Shape[0] * Shape[1] * Shape[2]).Select(_ => random.NextDouble() - 0.5)];
        if (isMasked)
        {
            // Steps of 0: at the end, within, at the start, and all of a sample's.
            foreach (int step in (int[])[4, (1 * 5) + 2, (1 * 5) + 4, 2 * 5, (2 * 5) + 1, .. Enumerable.Range(3 * 5, 5)])
                Array.Clear(x, step * Shape[2], Shape[2]);
        }

        KerasLayer both = Read("Bidirectional", config);
        Assert.NotEmpty(both.Parts);
        Assert.True(!isMasked || both.MaskProblem is null, both.MaskProblem);
        List<double[]> weights = [];
        (DoubleTensor y, DoubleTensor? mask) = Run(both, x, isMasked, shape =>
        {
            weights.Add([.. Enumerable.Range(0, shape).Select(_ => random.NextDouble() - 0.5)]);
            return weights[^1];
        });

        Queue<double[]> given = new(weights);
        (DoubleTensor ahead, DoubleTensor? expectedMask) = Run(Read(With(forward, sequences)), x, isMasked, _ => given.Dequeue());
        (DoubleTensor behind, _) = Run(Read(With(backward ?? forward, sequences)), Turned(x, Shape), isMasked, _ => given.Dequeue());
        Assert.Empty(given);
        double[] other = isSequence ? Turned(behind.Data, behind.Shape) : behind.Data;
        double[] expected = merge switch
        {
            "sum" => [.. ahead.Data.Zip(other, (a, b) => a + b)],
            "mul" => [.. ahead.Data.Zip(other, (a, b) => a * b)],
            "ave" => [.. ahead.Data.Zip(other, (a, b) => (a + b) / 2)],
            _ => [.. ahead.Data.Chunk(ahead.Shape[^1]).Zip(other.Chunk(behind.Shape[^1]), (a, b) => a.Concat(b)).SelectMany(r => r)],
        };
        Assert.Equal(expected.Length, y.Data.Length);
        Assert.All(expected.Zip(y.Data), p => Assert.Equal(p.First, p.Second, 1e-12));
        Assert.True(expected.Distinct().Count() > 4);
        Assert.Equal(isSequence && isMasked, expectedMask is not null);
        Assert.Equal(expectedMask?.Data, mask?.Data);
    }

    [Theory]
    [InlineData(Lstm, DroppingLstm, true)]
    [InlineData(Lstm, SeluLstm, true)]
    [InlineData(DroppingStack, null, true)]
    [InlineData(DroppingStack, null, false)]
    public void What_would_lose_a_mask_says_so(string forward, string? backward, bool isSequence)
    {
        string sequences = isSequence ? ", \"return_sequences\": true" : "";
        string config = $$"""{"layer": {{With(forward, sequences)}} {{(backward is null ? "" : $", \"backward_layer\": {With(backward, sequences + ", \"go_backwards\": true")}")}}}""";
        Assert.Contains("without the mask", Read("Bidirectional", config).MaskProblem, StringComparison.Ordinal);
    }

    private static string With(string layer, string more) => layer.Replace(" MORE", more, StringComparison.Ordinal);

    private static KerasLayer Read(string layer)
    {
        using JsonDocument json = JsonDocument.Parse(layer);
        return Read(json.RootElement.GetProperty("class_name").GetString()!, json.RootElement.GetProperty("config").GetRawText());
    }

    private static KerasLayer Read(string className, string config)
    {
        using JsonDocument json = JsonDocument.Parse(config);
        KerasLayer layer = KerasLayer.Read(className, json.RootElement, isLegacy: false);
        Assert.Empty(layer.Problems);
        return layer;
    }

    /// <summary>The steps of each sample from the last to the first.</summary>
    private static double[] Turned(double[] x, int[] shape) => [.. x.Chunk(shape[1] * shape[2]).SelectMany(sample => sample.Chunk(shape[2]).Reverse().SelectMany(step => step))];

    private static (DoubleTensor Y, DoubleTensor? Mask) Run(KerasLayer layer, double[] x, bool isMasked, Func<int, double[]> weights)
    {
        KerasTape tape = new();
        string tap = tape.AddInput(new KerasArray("float64", Shape, x));
        tap = isMasked ? tape.AddLayer("Masking", [], [tap]) : tap;
        tape.AddOutput(tape.AddLayer(layer, [], [tap])[0]);
        TapeResult result = Tape.Build(tape.Model, training: false);
        Assert.Empty(result.Problems);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = Shape[0] });
        foreach (Value parameter in result.Graph.Parameters)
            interpreter.Set(parameter, weights((int)parameter.Shape.Count.Constant));
        interpreter.Set(result.Graph.Inputs.Single(), x);
        interpreter.Run(result.Graph);
        GraphOutput output = result.Graph.Outputs.Single();
        return (interpreter.Get(output.Value), output.Mask is { } mask ? interpreter.Get(mask) : null);
    }
}
