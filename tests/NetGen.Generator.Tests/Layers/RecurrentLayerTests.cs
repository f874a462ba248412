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

    /// <summary>Over maps of one element a convolution is a product.</summary>
    [Theory]
    [InlineData("ReturnSequences = true")]
    [InlineData("GoBackwards = true, UnitForgetBias = false")]
    [InlineData("ZeroOutputForMask = true, Activation = Activation.Softsign")]
    [InlineData("Bidirectional = Merge.Sum, ReturnSequences = true, UseBias = false")]
    public void A_ConvLSTM_over_single_elements_is_an_LSTM(string arguments)
    {
        double[] expected = Masked($"[Input(4, 3, Name = \"x\"), Input(4, Name = \"k\"), LSTM(2, {arguments}, From = \"x\", Mask = \"k\")]");
        Assert.Equal(expected, Masked($"[Input(4, 1, 3, Name = \"x\"), Input(4, Name = \"k\"), ConvLSTM1D(2, 1, {arguments}, From = \"x\", Mask = \"k\")]"));
        Assert.Equal(expected, Masked($"[Input(4, 3, 1, 1, Name = \"x\"), Input(4, Name = \"k\"), ConvLSTM2D(2, 1, {arguments}, DataFormat = DataFormat.ChannelsFirst, From = \"x\", Mask = \"k\")]"));
        Assert.Equal(expected, Masked($"[Input(4, 1, 1, 1, 3, Name = \"x\"), Input(4, Name = \"k\"), ConvLSTM3D(2, 1, {arguments}, From = \"x\", Mask = \"k\")]"));

        static double[] Masked(string tape)
        {
            Graph graph = TapeText.Graph(tape);
            Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
            interpreter.Set(graph.Inputs[0], [.. Enumerable.Range(0, 12).Select(i => Differences.Uniform(1, i))]);
            interpreter.Set(graph.Inputs[1], [1, 0, 1, 0]);
            foreach (Value parameter in graph.Parameters)
            {
                interpreter.Set(parameter, [.. Enumerable.Range(0, (int)parameter.Shape.Count.Constant).Select(i => Differences.Uniform(2, i) - 0.5)]);
            }

            interpreter.Run(graph);
            return interpreter.Get(graph.Outputs[0].Value).Data;
        }
    }

    [Theory]
    [InlineData("ConvLSTM1D(5, 3, Strides = 2)", "[Input(Dim.Any, 9, 3)", "(n, 4, 5)")]
    [InlineData("ConvLSTM2D(5, 3, 2, ReturnSequences = true, Padding = Padding.Same, Strides = new[] { 1, 3 })", "[Input(4, 9, 8, 3)", "(n, 4, 9, 3, 5)")]
    [InlineData("ConvLSTM2D(5, 3, ReturnSequences = true, DataFormat = DataFormat.ChannelsFirst)", "[Input(4, 3, 9, 8)", "(n, 4, 5, 7, 6)")]
    [InlineData("ConvLSTM3D(2, 3, 2, 1, DilationRate = new[] { 2, 1, 1 })", "[Input(4, 9, 8, 7, 3)", "(n, 5, 7, 7, 2)")]
    public void Shapes_of_ConvLSTMs_are_those_of_Keras(string layer, string input, string shape) => Assert.Equal(shape, TapeText.Graph($"{input}, {layer}]").Outputs[0].Value.Shape.ToString());

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
