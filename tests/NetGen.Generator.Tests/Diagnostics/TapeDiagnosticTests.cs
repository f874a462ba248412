namespace NetGen.Generator.Tests;

/// <summary>With the whole compiler: each problem of the tape stands exactly on what is wrong.</summary>
public sealed class TapeDiagnosticTests
{
    private const string Unit = "[Dense(nameof(units)), ReLU] public sealed class UnitAttribute(int units) : BlockAttribute;";

    public static readonly TheoryData<string> Cases =
    [
        "[Input(4), Dense(3), Dense(2, From = {|NG0010:\"dens\"|})]",
        "[Input(4), Dense(4), Add(\"dense\", {|NG0010:\"inptu\"|})]",
        "[Input(4), Dense(4), Output({|NG0010:\"dens\"|})]",
        "[Input(4), Dense(4), Reuse({|NG0010:\"dens\"|}, From = \"input\")]",
        "[Input(4), Dense(4), Reuse(\"dense\", From = {|NG0010:\"inptu\"|})]",
        "[Input(4), Dense(3), Add(\"dense\", {|NG0011:\"input\"|})]",
        "[Input(4), Dense(3), Add({|NG0011:\"dense\"|}, \"dense\", From = \"input\")]",
        "[Input(4, 4, 6), Conv2D(6, 3), Add(\"input\", \"input\", {|NG0011:\"conv2d\"|})]",
        "[Input(4, 4, 6), Conv2D(6, 3), Maximum(new[] { \"input\", {|NG0011:\"conv2d\"|} })]",
        "[Input(4, 4, 6), Conv2D(5, 3), Concatenate(\"input\", {|NG0011:\"conv2d\"|})]",
        "[Input(4, 4, 6), Flatten, Concatenate({|NG0011:\"flatten\"|}, From = \"input\")]",
        "[Input(4, 4, 6), MaxPooling2D({|NG0011:5|})]",
        "[Input(4, 4, 6), MaxPooling2D({|NG0012:0|})]",
        "[Input(1, 4, 6), {|NG0011:AveragePooling2D|}]",
        "[Input(4), Dense({|NG0012:0|})]",
        "[Input(2000000), Ops.Hardmax(Axis = {|NG0011:1|})]",
        "[Input(4), Dense(units: {|NG0012:-3|})]",
        "[Input(4), Dense(3, Activation = {|NG0012:(Activation)99|})]",
        "[Input(4), Dropout({|NG0012:1.5|}), Dense(1)]",
        "[{|NG0013:Dense(3)|}]",
        "[Input(4), Dense(3, Name = \"a\"), Dense(3, Name = {|NG0014:\"a\"|})]",
        "[Input(4), {|NG0015:Dense(3)|}, Dense(2, From = \"input\")]",
        "[{|NG0015:Input(4)|}, Input(3), Dense(2)]",
        "[Input(100000), {|NG0017:Dense(100000)|}]",
        "[Input(4), Dense({|NG0018:\"2 *\"|})]",
        "[Input(4), Unit(3), Dense({|NG0018:\"units\"|})]",
        "[Input(4), Block<UnitAttribute>({|NG0018:\"chanels\"|})]",
        "[Input(4), {|NG0019:Normalization(Mean = 0.5)|}, Dense(1)]",
        "[Input(4), Dense(4), {|NG0020:Add(\"dense\")|}]",
        "[{|NG0021:Input(4)|}]",
        "[Input(4), Dense(3), Output(\"dense\"), Output({|NG0021:\"dense\"|})]",
        "[Input(4), Dense(3), Input(5, Name = \"b\"), {|NG0022:Reuse(\"dense\", Name = \"c\")|}, Concatenate(\"dense\", \"c\")]",
        "[Input(4), Dense(3, KernelInitializer = {|NG0023:\"HeNoraml()\"|})]",
        "[Input(4), Dense(3, KernelRegularizer = {|NG0023:\"L2(-1)\"|})]",
        "[Input(4), Unit(3, Repeat = {|NG0024:-1|})]",
        "[Input(4), Unit(3, When = {|NG0024:\"3\"|})]",
        "[Input(4), {|NG0012:Unit(0)|}]",
        "[Input(4, 4, 1), Conv2D(2, {|NG0011:5|})]",
        "[Input(4, 4, 1), Conv2D(2, 3, {|NG0011:5|})]",
        "[Input(4, 4, 1), Conv2D(2, {|NG0012:0|})]",
        "[Input(4, 4, 1), Conv2D({|NG0012:-2|}, 3)]",
        "[Input(4, 4, 1), Conv2D(2, 3, Strides = {|NG0012:0|})]",
        "[Input(4, 4, 1), Conv2D(2, 3, Strides = 2, DilationRate = {|NG0012:2|})]",
        "[Input(4, 4, 6), Conv2D(4, 3, Groups = {|NG0012:4|})]",
        "[Input(4, 4, 6), Conv2D(4, 3, Padding = {|NG0012:Padding.Causal|})]",
        "[Input(4, 4), {|NG0011:Conv2D(4, 3)|}]",
        "[Input(Dim.Any, 4), Conv1D(4, 3, Strides = 2, Padding = {|NG0012:Padding.Same|})]",
        "[Input(4, 4), Conv1D(4, kernelSize: {|NG0011:3|}, DilationRate = 2)]",
        "[Input(4, 4), Conv1DTranspose(4, 3, Strides = 2, OutputPadding = {|NG0012:2|})]",
        "[Input(1, 4), Conv1DTranspose(4, 2, Padding = Padding.Same, OutputPadding = {|NG0011:0|})]",
        "[Input(4, 4), DepthwiseConv1D({|NG0011:5|})]",
        "[Input(4, 4, 1), DepthwiseConv2D(2, DepthMultiplier = {|NG0012:0|})]",
        "[Input(4, 4, 1), SeparableConv2D(2, {|NG0011:5|})]",
        "[Input(3, 4, 4, 1), Conv3D(2, {|NG0011:4|})]",
        "[Input(4, 4, 1), {|NG0011:Conv3D(2, 3)|}]",
        "[Input(4, 4, 4, 6), Conv3D(4, 3, Groups = {|NG0012:4|})]",
        "[Input(Dim.Any, 4, 4, 1), {|NG0011:Conv3D(2, 3)|}]",
        "[Input(4, 4, 4, 6), Conv3DTranspose(4, 3, Strides = 2, OutputPadding = {|NG0012:2|})]",
        "[Input(2, 3, 3, 1), {|NG0012:Cropping3D|}]",
        "[Input(2, 3, 3, 1), {|NG0011:ConvLSTM1D(2, 3)|}]",
        "[Input(5, 2, 5, 2), ConvLSTM2D(2, {|NG0011:3|})]",
        "[Input(5, 3, 3, 2), ConvLSTM2D({|NG0012:0|}, 3)]",
        "[Input(5, 3, 3, 2), ConvLSTM2D(2, 3, ReturnState = true, Name = \"e\"), ConvLSTM2D(2, 3, From = \"input\", Padding = Padding.Same, InitialState = {|NG0011:\"e\"|}, Name = \"f\"), Add(\"f\", \"f\")]",
        "[Input(4, 4, 1), ZeroPadding2D({|NG0012:1|}, 2, 3)]",
        "[Input(4, 4), ZeroPadding1D({|NG0012:-1|})]",
        "[Input(4, 4, 1), Cropping2D({|NG0012:2|})]",
        "[Input(4, 4), Cropping1D({|NG0012:1|}, 4)]",
        "[Input(4, 4), UpSampling1D({|NG0012:0|})]",
        "[Input(4, 4, 1), UpSampling2D(2, Interpolation = {|NG0012:(Interpolation)77|})]",
        "[Input(4, 4), Permute({|NG0012:1|}, 3)]",
        "[Input(Dim.Any, 3), LSTM(2, ReturnState = true, Name = \"a\"), Input(Dim.Any, 3), LSTM(2, InitialState = \"a\", Stateful = {|NG0012:true|})]",
        "[Input(Dim.Any, 3), GRU(2, GradientCheckpoint = {|NG0012:1|})]",
        "[Input(4, 5, 3), GRU(2, TimeDistributed = true, Stateful = {|NG0012:true|})]",
        "[Input(Dim.Any, 3), SimpleRNN(3, Stateful = true, ReturnSequences = true), {|NG0012:Reuse(\"simple_rnn\")|}]",
        "[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), SimpleRNN(4, ReturnSequences = true), Dense(12), {|NG0011:Decode|}]",
        "[Input(Dim.Any, Type = ElementType.Int32), TokenAndPositionEmbedding(9, 20, 4), Dense(10), Decode(Output = {|NG0011:\"dense\"|})]",
        "[{|NG0011:Input(Dim.Any, 2)|}, PositionEmbedding(4), Conv1D(3, 5)]",
        "[Input(Dim.Any, 2, Name = \"x\"), Input(Dim.Any, 2, Name = \"i\", Type = ElementType.Int32), Ops.GatherElements(\"x\", {|NG0011:\"i\"|}, Axis = 2)]",
        "[Input(4), {|NG0025:Unit(3, Repeat = {|NG0025:9000|})|}]",
    ];

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task StandsOnWhatIsWrong(string tape) => await Verify.Network(tape + "\n[Network] public partial class Net;\n" + Unit);

    /// <summary>What beginners write, and the words that help them on.</summary>
    [Theory]
    [InlineData("[Input(4), Dense(3, Activation = {|NG0012:\"swihs\"|})]", "and 26 others of the enum Activation, not swihs.")]
    [InlineData("[Input(4), Dense(3, Name = \"a\"), Dense(4, Name = \"b\"), Dense(4, Name = \"c\"), Add(\"b\", \"c\", {|NG0011:\"a\"|})]", "'b' of (n, 4), 'c' of (n, 4), 'a' of (n, 3).")]
    [InlineData("[Input(4, 4, 6), Conv2D(5, 3), Concatenate(\"input\", {|NG0011:\"conv2d\"|})]", "equal but for axis 3; these are 'input' of (n, 4, 4, 6), 'conv2d' of (n, 2, 2, 5).")]
    [InlineData("[{|NG0015:Input(4, Name = \"x\")|}, Input(3, Name = \"y\"), Dense(2)]", "Nothing takes the input 'x': a layer takes what stands right before it", "[Concatenate(\"x\", ...)]")]
    [InlineData("[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), LSTM(8), Dense(9), {|NG0011:Decode|}]", "with ReturnSequences = true.")]
    [InlineData("[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), LSTM(8, Bidirectional = Merge.Concat, ReturnSequences = true), Dense(9), {|NG0028:Decode|}]", "'lstm' goes through the sequence from its end, as Bidirectional and GoBackwards do.")]
    [InlineData("[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), GRU(8, GoBackwards = true, ReturnSequences = true), Dense(9), {|NG0028:Decode|}]", "'gru' goes through the sequence from its end, as Bidirectional and GoBackwards do.")]
    [InlineData("[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), Conv1D(8, 3, Padding = Padding.Same), Dense(9), {|NG0028:Decode|}]", "'conv1d' looks at later steps; a Conv1D with Padding.Causal looks back only.")]
    public async Task TellsWhatHelps(string tape, params string[] words)
    {
        string message = Assert.Single(await Verify.Network(tape + "\n[Network] public partial class Net;"));
        Assert.All(words, w => Assert.Contains(w, message, StringComparison.Ordinal));
    }

    /// <summary>Also where nothing is drawn: at a rate of 0, and in layers that only have dropout.</summary>
    [Theory]
    [InlineData("[Input(32, 32, 3), RandomRotation(0.1, Seed = {|NG0012:-1|})]")]
    [InlineData("[Input(32, 32, 3), RandomFlip(Seed = {|NG0012:-1|})]")]
    [InlineData("[Input(5, 3), Dropout(0.0, Seed = {|NG0012:-1|}), LSTM(2)]")]
    [InlineData("[Input(5, 3), GaussianNoise(0.1, Seed = {|NG0012:-1|}), LSTM(2)]")]
    [InlineData("[Input(5, 3), LSTM(2, Seed = {|NG0012:-1|})]")]
    [InlineData("[Input(5, 3), MultiHeadAttention(2, 4, Seed = {|NG0012:-1|})]")]
    public async Task ASeedIsNotNegative(string tape) =>
        Assert.EndsWith(" must be at least 0, not -1.", Assert.Single(await Verify.Network(tape + "\n[Network] public partial class Net;")), StringComparison.Ordinal);

    [Theory]
    [InlineData("swish")]
    [InlineData("hard_swish")]
    [InlineData("silu")]
    public async Task KerassNamesOfActivationsAreTexts(string name) => Assert.Empty(await Verify.Network($"[Input(4), Dense(3, Activation = \"{name}\")] [Network] public partial class Net;"));

    [Fact]
    public async Task ANetworkWithoutAnyLayerIsToldOnItsName() => await Verify.Network("[Network] public partial class {|NG0013:Net|};");

    [Fact]
    public async Task BothShapesAreInTheText() =>
        Assert.Matches(@"\(n, 3\).*\(n, 4\)", Assert.Single(await Verify.Network("[Input(4), Dense(3), Add(\"dense\", {|NG0011:\"input\"|})] [Network] public partial class Net;")));

    [Fact]
    public async Task TokensThatATableLacksAreTold() =>
        Assert.EndsWith(
            "Decode gives the 12 tokens of its output (n, t, 12) to 'embedding', which takes 9.",
            Assert.Single(await Verify.Network("[Input(Dim.Any, Type = ElementType.Int32), Embedding(9, 4), SimpleRNN(4, ReturnSequences = true), Dense(12), {|NG0011:Decode|}] [Network] public partial class Net;")),
            StringComparison.Ordinal);

    [Fact]
    public async Task AnEnumWithoutTheValueIsNamed() =>
        Assert.EndsWith(", not 99, which is no value of Activation.", Assert.Single(await Verify.Network("[Input(4), Dense(3, Activation = {|NG0012:(Activation)99|})] [Network] public partial class Net;")), StringComparison.Ordinal);

    /// <summary>The properties are objects, so the C# compiler lets any enum through; a member's name alone does not make it the right one.</summary>
    [Theory]
    [InlineData("Conv2D(3, 3, Padding = {|NG0012:Rule.Same|})", "Padding of Conv2D 'conv2d' must be a member of Padding, not global.Rule.Same.")]
    [InlineData("Conv2D(3, 3, Padding = {|NG0012:Other.Padding.Same|})", "Padding of Conv2D 'conv2d' must be a member of Padding, not Other.Padding.Same.")]
    [InlineData("Conv2D(3, 3, Activation = {|NG0012:Other.Kinds.Activation.ReLU|})", "Activation of Conv2D 'conv2d' must be a member of Activation, not Other.Kinds.Activation.ReLU.")]
    [InlineData("Resizing(4, 4, Interpolation = {|NG0012:FillMode.Nearest|})", "Interpolation of Resizing 'resizing' must be a member of Interpolation, not FillMode.Nearest.")]
    [InlineData("MaxPooling2D(2, Padding = {|NG0012:\"Rule.Same\"|})", "Padding of MaxPooling2D 'max_pooling2d' must be a member of Padding, not Rule.Same.")]
    [InlineData("MaxPooling2D(2, DataFormat = {|NG0012:Rule.Same|})", "DataFormat of MaxPooling2D 'max_pooling2d' must be a member of DataFormat, not global.Rule.Same.")]
    [InlineData("{|NG0012:Narrow(Rule.Same)|}", "Narrow > Padding of Conv2D 'narrow/conv2d' must be a member of Padding, not global.Rule.Same.")]
    public async Task AMemberOfAnotherEnumIsNoArgument(string layer, string message) => Assert.Equal(message, Assert.Single(await Verify.Network(
        $$"""
        [Input(8, 8, 3), {{layer}}] [Network] public partial class Net;
        public enum Rule { Valid, Same }
        namespace Other { public enum Padding { Valid, Same } public static class Kinds { public enum Activation { ReLU } } }
        [Conv2D(3, 3, Padding = nameof(padding))] public class NarrowAttribute(object padding) : BlockAttribute;
        """)));

    [Fact]
    public async Task AnEnumOfTheUsersStandsInABlocksConditions() => Assert.Empty(await Verify.Network(
        """
        [Input(4), Other.Wide(Other.Kind.Broad), Dense(1)] [Network] public partial class Net;
        namespace Other { public enum Kind { Slim, Broad } [Dense(8, When = "kind == Kind.Broad"), Dense(2, When = "kind != Kind.Broad")] public class WideAttribute(Kind kind) : BlockAttribute; }
        """));

    [Fact]
    public async Task AnOptionOfTheNetworkIsCheckedAsAnArgument() =>
        Assert.Equal(
            "Precision of Network must be one of Fast, High, not 7, which is no value of KernelPrecision.",
            Assert.Single(await Verify.Network("[Input(4), Dense(3)] [Network(Training = false, Precision = {|NG0012:(KernelPrecision)7|})] public partial class Net;")));

    [Fact]
    public async Task AnOptionDoesNotHideWhatIsWrongWithLayers() =>
        await Verify.Network("[Input(4), Dense({|NG0012:0|})] [Network(Precision = {|NG0012:(KernelPrecision)(-1)|})] public partial class Net;");

    /// <summary>What beginners do wrong is told with the way out.</summary>
    [Theory]
    [InlineData("[Input(28, 28), {|NG0011:Conv2D(8, 3)|}]", "(n, 28, 28)", "[Input(28, 28, 1)] or Reshape")]
    [InlineData("[Input(5, 2), LSTM(4), {|NG0011:LSTM(4)|}]", "(n, 4)", "ReturnSequences = true")]
    [InlineData("[Input(Dim.Any, 3), LSTM(4, ReturnSequences = true), Flatten, {|NG0011:Dense(2)|}]", "time of any length", "GlobalAveragePooling1D")]
    [InlineData("[Input(4, Name = \"a\"), Dense(3, Name = \"x\"), Dense(4, Name = \"y\"), Add(\"x\", {|NG0011:\"y\"|})]", "'x' of (n, 3), 'y' of (n, 4)")]
    [InlineData("[Input(4), Dense(3, Activation = {|NG0012:\"softmx\"|})]", "a member of Activation, not softmx. Did you mean 'Softmax'?")]
    [InlineData("[Input(4), Dense(3, Activation = {|NG0012:\"qqqqqqq\"|})]", "one of Linear, ReLU")]
    [InlineData(
        "[Input(Dim.Any, Type = ElementType.Int32), Embedding(6, 4), GRU(4, ReturnSequences = true, Bidirectional = Merge.Sum), Dense(6), {|NG0028:Decode|}]",
        "'gru' goes through the sequence from its end, as Bidirectional and GoBackwards do")]
    public async Task TheWayOutIsTold(string tape, params string[] parts)
    {
        string message = Assert.Single(await Verify.Network(tape + " [Network] public partial class Net;"));
        Assert.All(parts, part => Assert.Contains(part, message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AProblemInsideABlockTellsTheWayToIt()
    {
        const string Blocks = "[Unit(3), Unit(0)] public sealed class StageAttribute : BlockAttribute;\n" + Unit;
        string message = Assert.Single(await Verify.Network("[Input(4), {|NG0012:Stage|}] [Network] public partial class Net;\n" + Blocks));
        Assert.Matches("Stage.*Unit.*Dense", message);
    }
}
