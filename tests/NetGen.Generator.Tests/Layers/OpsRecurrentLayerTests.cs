namespace NetGen.Generator.Tests;

/// <summary>ONNX's recurrent ops: their formulas step by step, directions, lengths and what they refuse.</summary>
public sealed class OpsRecurrentLayerTests
{
    private static readonly double[] Sequence = [0.5, -1, 2, 0.25, -0.75, 1.5];

    /// <summary>The weights of both are equal, so that arguments of the same meaning give the same numbers.</summary>
    [Theory]
    [InlineData("LSTM(2, UnitForgetBias = false, ReturnSequences = true)", "Ops.LSTM(2, ReturnSequences = true)")]
    [InlineData("LSTM(2, GoBackwards = true)", "Ops.LSTM(2, Direction = RnnDirection.Reverse)")]
    [InlineData("LSTM(2, Bidirectional = Merge.Concat, ReturnSequences = true)", "Ops.LSTM(2, Direction = RnnDirection.Bidirectional, ReturnSequences = true)")]
    [InlineData("GRU(2, ReturnSequences = true)", "Ops.GRU(2, LinearBeforeReset = true, ReturnSequences = true)")]
    [InlineData("GRU(2, ResetAfter = false)", "Ops.GRU(2)")]
    [InlineData("GRU(2, ResetAfter = false, RecurrentActivation = Activation.LegacyHardSigmoid)", "Ops.GRU(2, Activations = new[] { \"HardSigmoid\", \"Tanh\" })")]
    [InlineData("SimpleRNN(2, Activation = Activation.ELU)", "Ops.RNN(2, Activations = new[] { \"Elu\" })")]
    [InlineData("SimpleRNN(2, Activation = Activation.Softsign, Bidirectional = Merge.Concat)", "Ops.RNN(2, Activations = new[] { \"Softsign\", \"Softsign\" }, Direction = RnnDirection.Bidirectional)")]
    public void What_Keras_can_say_too_is_the_same(string keras, string onnx) =>
        Assert.Equal(Run($"[Input(3, 2), {keras}]", Sequence), Run($"[Input(3, 2), {onnx}]", Sequence));

    [Fact]
    public void Outputs_of_the_other_direction_keep_their_times()
    {
        double[] made = Run("[Input(3, 2), GRU(2, GoBackwards = true, ReturnSequences = true)]", Sequence);
        Assert.Equal([.. made[4..6], .. made[2..4], .. made[0..2]], Run("[Input(3, 2), Ops.GRU(2, LinearBeforeReset = true, Direction = RnnDirection.Reverse, ReturnSequences = true)]", Sequence));
    }

    [Theory]
    [InlineData("Forward", false)]
    [InlineData("Reverse", false)]
    [InlineData("Bidirectional", false)]
    [InlineData("Forward", true)]
    [InlineData("Reverse", true)]
    [InlineData("Bidirectional", true)]
    public void Steps_behind_the_length_change_nothing_and_give_0(string direction, bool isSequence)
    {
        string layer = $"Ops.LSTM(2, From = \"x\", Direction = RnnDirection.{direction}, ReturnSequences = {(isSequence ? "true" : "false")}";
        double[] expected = Run($"[Input(2, 2, Name = \"x\"), {layer})]", Sequence[..4]);
        double[] found = Run($"[Input(3, 2, Name = \"x\"), Input(1, Name = \"n\", Type = ElementType.Int32), {layer}, Lengths = \"n\")]", Sequence, [2]);
        Assert.Equal([.. expected, .. new double[found.Length - expected.Length]], found);
        Assert.Equal(isSequence, found.Length > expected.Length);
    }

    [Fact]
    public void Without_steps_the_last_output_is_the_initial_state() =>
        Assert.Equal([0.25, -3], Run("[Input(3, 2, Name = \"x\"), Input(1, Name = \"n\", Type = ElementType.Int32), Input(2, Name = \"s\"), Ops.GRU(2, From = \"x\", Lengths = \"n\", InitialState = \"s\")]", Sequence, [0], [0.25, -3]));

    /// <summary>One step of one unit from a state, by ONNX's formulas; all weights are told by <see cref="Run"/>.</summary>
    [Theory]
    [InlineData("", false, false, 1e9)]
    [InlineData(", Peepholes = true", true, false, 1e9)]
    [InlineData(", InputForget = true", false, true, 1e9)]
    [InlineData(", Peepholes = true, InputForget = true", true, true, 1e9)]
    [InlineData(", Clip = 0.3, Peepholes = true", true, false, 0.3)]
    public void A_step_is_that_of_ONNX(string arguments, bool hasPeepholes, bool isCoupled, double clip)
    {
        const double x = 0.7, h = -0.4, c = 0.9;
        string tape = $"[Input(1, 1, Name = \"x\"), Input(1, Name = \"h\"), Input(1, Name = \"c\"), Ops.LSTM(1, From = \"x\", InitialState = new[] {{ \"h\", \"c\" }}{arguments})]";
        double[] w = Weights(0, 4), u = Weights(1, 4), b = Weights(2, 4), p = hasPeepholes ? Weights(3, 3) : new double[3];
        double Clip(double v) => Math.Clamp(v, -clip, clip);
        double Gate(int k, double state, double peephole) => 1 / (1 + Math.Exp(-Clip((x * w[k]) + (h * u[k]) + b[k] + (peephole * state))));
        double i = Gate(0, c, p[0]), f = isCoupled ? 1 - i : Gate(1, c, p[2]);
        double next = (f * c) + (i * Math.Tanh(Clip((x * w[2]) + (h * u[2]) + b[2])));
        double expected = Gate(3, next, p[1]) * Math.Tanh(Clip(next));
        Assert.Equal(expected, Run(tape, [x], [h], [c])[0], 12);
    }

    [Theory]
    [InlineData("Relu", 0, 0.0)]
    [InlineData("Affine", 2, 0.8 * -0.6 + 0.3, 0.8, 0.3)]
    [InlineData("LeakyRelu", 0, -0.006)]
    [InlineData("LeakyRelu", 1, -0.12, 0.2)]
    [InlineData("ThresholdedRelu", 1, -0.6, -1.0)]
    [InlineData("HardSigmoid", 0, 0.38)]
    [InlineData("HardSigmoid", 2, 0.24, 0.1, 0.3)]
    [InlineData("Softplus", 0, 0.4374879504858856)]
    [InlineData("Softsign", 0, -0.375)]
    [InlineData("ScaledTanh", 2, -0.46211715726000973, 1.0, 0.8333333333333334)]
    [InlineData("elu", 0, -0.4511883639059736)]
    public void Functions_are_those_of_ONNX(string name, int parameters, double expected, params double[] given)
    {
        string alpha = parameters > 0 ? FormattableString.Invariant($", ActivationAlpha = {given[0]:F17}") : "", beta = parameters > 1 ? FormattableString.Invariant($", ActivationBeta = {given[1]:F17}") : "";
        Graph graph = TapeText.Graph($"[Input(1, 1), Ops.RNN(1, Activations = new[] {{ \"{name}\" }}{alpha}{beta}, UseBias = false)]");
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        interpreter.Set(graph.Inputs[0], [-0.6]);
        foreach (Value parameter in graph.Parameters)
        {
            interpreter.Set(parameter, [1]);
        }

        interpreter.Run(graph);
        Assert.Equal(expected, interpreter.Get(graph.Outputs[0].Value).Data[0], 12);
    }

    [Theory]
    [InlineData("[Input(3, 2), Ops.LSTM(2, Activations = new[] { \"Tanh\" })]", "Activations", "3 names", "not 1")]
    [InlineData("[Input(3, 2), Ops.RNN(2, Activations = new[] { \"Tanhh\" })]", "Activations[0]", "Tanhh", "Did you mean 'Tanh'?")]
    [InlineData("[Input(3, 2), Ops.RNN(2, ActivationAlpha = 1)]", "ActivationAlpha", "more numbers")]
    [InlineData("[Input(3, 2), Ops.GRU(2, Clip = -1)]", "Clip", "at least 0")]
    [InlineData("[Input(3, 2), Dense(1, Name = \"d\"), Ops.GRU(2, Lengths = \"d\")]", "Lengths", "(n)")]
    [InlineData("[Input(2), Ops.RNN(2)]", null, "(batch, time, features)", "(n, 2)")]
    public void Problems_are_on_the_argument_and_tell_what_was_found(string tape, string? argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems[0];
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    private static double[] Weights(int slot, int count) => [.. Enumerable.Range(0, count).Select(i => Differences.Uniform(slot, i) - 0.3)];

    private static double[] Run(string tape, params double[][] inputs)
    {
        Graph graph = TapeText.Graph(tape);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 });
        for (int i = 0; i < inputs.Length; i++)
        {
            interpreter.Set(graph.Inputs[i], inputs[i]);
        }

        foreach ((Value parameter, int slot) in graph.Parameters.Select((p, i) => (p, i)))
        {
            interpreter.Set(parameter, Weights(slot, (int)parameter.Shape.Count.Constant));
        }

        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
