namespace NetGen.Generator.Tests;

/// <summary>What recurrent layers do with masks and dropout, where Keras's documentation says it in words.</summary>
public sealed class RecurrentLayerTests
{
    [Theory]
    [InlineData("LSTM(2, Bidirectional = Merge.Concat, ReturnSequences = true)")]
    [InlineData("GRU(4, Bidirectional = Merge.Sum, ReturnSequences = true, ReturnState = true)")]
    [InlineData("SimpleRNN(2, Bidirectional = Merge.Concat, ReturnSequences = true, Stateful = true)")]
    public void Masked_steps_of_both_directions_are_zero(string layer)
    {
        double[] y = Run($"[Input(4, 3), Masking, {layer}]", [1, 2, 3, 0, 0, 0, 4, 5, 6, 0, 0, 0]);
        Assert.All(new[] { 4..8, 12..16 }, steps => Assert.All(y[steps], v => Assert.Equal(0, v)));
        Assert.All(new[] { 0..4, 8..12 }, steps => Assert.All(y[steps], v => Assert.NotEqual(0, v)));
    }

    [Fact]
    public void The_last_outputs_of_both_directions_are_those_of_the_last_steps_that_count()
    {
        const string layer = "LSTM(2, Bidirectional = Merge.Concat, ZeroOutputForMask = true)";
        double[] expected = Run($"[Input(2, 3), Masking, {layer}]", [1, 2, 3, 4, 5, 6]);
        Assert.Equal(expected, Run($"[Input(4, 3), Masking, {layer}]", [0, 0, 0, 1, 2, 3, 4, 5, 6, 0, 0, 0]));
    }

    [Fact]
    public void What_the_other_direction_gives_by_itself_has_the_mask_too()
    {
        const string layers = "Masking, LSTM(2, Bidirectional = Merge.None, ReturnSequences = true, Name = \"e\"), GRU(2, Name = \"f\"), GRU(2, From = \"e.backward\", Name = \"b\"), Add(\"f\", \"b\")";
        double[] expected = Run($"[Input(2, 3), {layers}]", [1, 2, 3, 4, 5, 6]);
        Assert.Equal(expected, Run($"[Input(4, 3), {layers}]", [1, 2, 3, 4, 5, 6, 0, 0, 0, 0, 0, 0]));
    }

    /// <summary>An update gate that keeps everything keeps the state, of which only products see what a dropout leaves.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Recurrent_dropout_does_not_change_the_state_that_a_GRU_keeps(bool isAfter)
    {
        string layer = $"GRU(6, RecurrentDropout = 0.5, ResetAfter = {(isAfter ? "true" : "false")}, RecurrentActivation = Activation.HardSigmoid, InitialState = \"start\", From = \"x\")";
        Graph graph = TapeText.Graph($"[Input(6, Name = \"start\"), Input(40, 3, Name = \"x\"), {layer}]", training: true);
        double[] start = [0.1, -0.2, 0.3, -0.4, 0.5, -0.6];
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 }, Differences.Uniform);
        interpreter.Set(graph.Inputs[0], start);
        interpreter.Set(graph.Inputs[1], [.. Enumerable.Range(0, 120).Select(i => Differences.Uniform(1, i))]);
        foreach (Value parameter in graph.Parameters)
        {
            // Of the bias, the columns of the update gate alone are not 0.
            long units = parameter.Name.EndsWith("bias", StringComparison.Ordinal) ? 6 : 0;
            interpreter.Set(parameter, [.. Enumerable.Range(0, (int)parameter.Shape.Count.Constant).Select(i => i < units ? 100.0 : 0.0)]);
        }

        interpreter.Run(graph);
        Assert.Equal(start, interpreter.Get(graph.Outputs[0].Value).Data);
    }

    private static double[] Run(string tape, double[] x)
    {
        Graph graph = TapeText.Graph(tape);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], x);
        foreach (Value value in graph.Parameters.Concat(graph.States))
        {
            // What a state carries over is not 0 either.
            interpreter.Set(value, [.. Enumerable.Range(0, Differences.Count(value, new Dictionary<string, long> { ["n"] = 1 })).Select(i => Differences.Uniform(value.Slot, i))]);
        }

        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
