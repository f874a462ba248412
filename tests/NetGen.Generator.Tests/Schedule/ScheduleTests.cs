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

    /// <summary>The schedule says of each convolution which kernel it got, and why; so do the heads of the emitted methods.</summary>
    [Theory]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 3)]", false, "F(4x4,3x3), because the output is large enough, and the filter's factors stay in the cache;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 3)]", true, "F(2x2,3x3), because six factors an axis are forbidden;")]
    [InlineData("[Input(7, 7, 32), Conv2D(32, 3)]", false, "F(2x2,3x3), because the output is smaller than 8x8;")]
    [InlineData("[Input(7, 7, 16), Conv2D(32, 3)]", false, "direct, because the output is smaller than 8x8, and F(2x2,3x3) needs 32 channels and filters to be worth its transforms;")]
    [InlineData("[Input(9, 9, 512), Conv2D(256, 3)]", false, "F(2x2,3x3), because the filter's factors for more would leave the cache;")]
    [InlineData("[Input(9, 9, 1024), Conv2D(512, 3)]", false, "direct, because the filter's factors would leave the cache;")]
    [InlineData("[Input(5, 5, 32), Conv2D(32, 3)]", false, "direct, because the output is smaller than 4x4;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 5)]", false, "F(2x2,5x5), because the output is large enough, and the filter's factors stay in the cache;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 5)]", true, "direct, because six factors an axis are forbidden;")]
    [InlineData("[Input(12, 12, 3), Conv2D(32, 3)]", false, "direct, because Winograd's forms take multiples of 16 channels and filters;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 3, Strides = 2)]", false, "direct, because it has strides or dilations;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 7)]", false, "direct, because Winograd's forms are for 3x3 and 5x5;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 1)]", false, "direct, because a filter of one pixel is a plain product;")]
    [InlineData("[Input(12, 12, 32), Conv2D(32, 3, Groups = 2)]", false, "direct loops, because it has 2 groups;")]
    [InlineData("[Input(12, 12, 32), Conv2D(1, 3)]", false, "direct loops, because it has one filter;")]
    [InlineData("[Input(Dim.Any, 32), Conv1D(32, 3)]", false, "direct loops, because sizes are known only at run time;")]
    public void A_convolution_tells_why_it_has_its_kernel(string tape, bool isPrecise, string reason)
    {
        Schedules schedules = Compiler.Plan(TapeText.Graph(tape), null, [], isPrecise);
        Assert.Contains(reason, schedules.Inference.ToString(), StringComparison.Ordinal);
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
