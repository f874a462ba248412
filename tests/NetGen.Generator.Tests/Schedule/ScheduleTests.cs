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

    /// <summary>The same of every other kernel for which there was a choice.</summary>
    [Theory]
    [InlineData("[Input(8), Dense(40)]", "B in panels of 32 columns, because its sizes are constants.")]
    [InlineData("[Input(8), Dense(96)]", "one row takes 3 panels at once, because its sums in one are too few to hide the latency.")]
    [InlineData("[Input(2048), Dense(1024)]", "threads share panels, because B is larger than a cache.")]
    [InlineData("[Input(8), Dense(40)]", "B in rows, because it is made at each step.")]
    [InlineData("[Input(8), Dense(1)]", "vectors along the rows of X in 4 chains, because one column would fill one lane of a panel.")]
    [InlineData("[Input(8, 8, 3), MaxPooling2D(2)]", "windows written out, because they are small and inside the map.")]
    [InlineData("[Input(8, 8, 3), AveragePooling2D(4)]", "loops over a window, because its 16 elements are many.")]
    [InlineData("[Input(8, 8, 3), MaxPooling2D(2, Strides = 1, Padding = Padding.Same)]", "windows inside the map written out, because they are small, and loops at the border.")]
    [InlineData("[Input(8, 8, 3), MaxPooling2D(3, Padding = Padding.Same)]", "because its 9 elements are many to stand there twice, as windows reach over the border.")]
    [InlineData("[Input(8), ReLU]", "one flat loop, because every operand lies as Y does or is one number.")]
    [InlineData("[Input(8), Dense(5, Activation = Activation.Sigmoid)]", "in no epilogue, because Sigmoid wants the registers.")]
    [InlineData("[Input(4, 6), LayerNormalization]", ", because operands are broadcast")]
    [InlineData("[Input(4, 6), GlobalAveragePooling1D]", "vectors along the kept, because it lies innermost.")]
    [InlineData("[Input(4, 6), LayerNormalization]", "vectors of partial results, because what is reduced lies innermost.")]
    [InlineData("[Input(8), Dense(5, Activation = Activation.Softmax)]", "written out because the row's length is a constant.")]
    [InlineData("[Input(8, 8, 16), DepthwiseConv2D(3)]", "vectors along the channels, because each has filters of its own;")]
    [InlineData("[Input(8, 8, 16), Conv2D(16, 1), Conv2D(32, 3, Strides = 2)]", "classes of pixels, because Winograd's forms take stride 1;")]
    public void Every_kernel_tells_why(string tape, string reason)
    {
        Schedules schedules = Compiler.Plan(TapeText.Graph(tape), TapeText.Graph(tape, training: true), []);
        Assert.Contains(reason, $"{schedules.Inference}\n{schedules.Training}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false, "B is the caller's, and nothing may be read behind its last row.")]
    [InlineData(false, true, "B is made at each step, and would have to be transposed.")]
    [InlineData(true, false, "the distance of A's rows is known only at run time.")]
    public void Plain_products_tell_why(bool transposeA, bool transposeB, string reason)
    {
        Dim n = Dim.Of(new NamedSymbol("n"));
        Assert.EndsWith("plain loops, because " + reason, new PlainMatMulKernel(n, 4, 5, transposeA, transposeB).Summary, StringComparison.Ordinal);
        Assert.EndsWith("plain loops, because the columns are known only at run time.", new PlainMatMulKernel(4, 5, n, transposeA, transposeB).Summary, StringComparison.Ordinal);
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
