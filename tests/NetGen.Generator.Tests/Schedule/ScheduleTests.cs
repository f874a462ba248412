namespace NetGen.Generator.Tests;

/// <summary>Golden texts of the graphs behind the passes and of both schedules.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("mlp", "[Input(784), Dense(128, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]")]
    [InlineData("residual", "[Input(64, Name = \"x\"), Dense(64, Activation = Activation.ReLU), Dense(64, Name = \"main\"), Add(\"main\", \"x\"), ReLU, Dense(3)]")]
    [InlineData("normalized", "[Input(20), Dense(32, UseBias = false), BatchNormalization, ReLU, Dense(1, Activation = Activation.Sigmoid)]")]
    [InlineData("shared", "[Input(16), Dense(16, Activation = Activation.Tanh, Name = \"d\"), Reuse(\"d\"), Dropout(0.5), Dense(2)]")]
    public void Golden(string name, string tape)
    {
        Graph inference = TapeText.Graph(tape), training = TapeText.Graph(tape, training: true);
        Schedules schedules = Compiler.Plan(inference, training, []);
        Snapshot.Verify($"{PassList.Run(inference)}\n{schedules.Inference}\n{PassList.Run(training)}\n{schedules.Training}", name);
    }

    /// <summary>The emitted text follows the graph, not the tensors, and stays small.</summary>
    [Fact]
    public void A_small_network_is_a_small_text()
    {
        const string tape = "[Input(784), Dense(128, Activation = Activation.ReLU), Dense(10, Activation = Activation.Softmax)]";
        EmittedNet net = new EmittedBatch().Add(tape);
        Assert.InRange(net.Text.Length, 1, 112 * 1024);
        EmittedNet wide = new EmittedBatch().Add(tape.Replace("784", "7840", StringComparison.Ordinal).Replace("128", "1280", StringComparison.Ordinal));
        Assert.InRange(wide.Text.Length, net.Text.Length - 1024, net.Text.Length + 1024);
    }
}
