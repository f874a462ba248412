namespace NetGen.Generator.Tests;

/// <summary>
/// Networks of convolutions and of layers that move maps, in inference and training, against the interpreter: maps of one pixel, one channel, channels beside the
/// vectors' widths, strides beyond the filter, dilations, groups, both formats, and times known only at run time.
/// </summary>
public sealed class ConvolutionalNetworkTests
{
    private static readonly string[] Tapes =
    [
        "[Input(9, 3), Conv1D(17, 3, Padding = Padding.Causal, Activation = Activation.ReLU), Conv1D(6, 2, Strides = 3, Padding = Padding.Same), Flatten, Dense(2)]",
        "[Input(7, 4), Conv1D(6, 3, Groups = 2, Padding = Padding.Same, DilationRate = 2), Conv1D(1, 1), Conv1D(3, 2, Padding = Padding.Causal, Strides = 4)]",
        "[Input(Dim.Any, 5), Conv1D(18, 3, Padding = Padding.Causal, DilationRate = 2, Activation = Activation.ReLU), Conv1D(4, 2, Padding = Padding.Same), Conv1D(3, 2, Strides = 2)]",
        "[Input(Dim.Any, 4), Conv1D(6, 2, Groups = 2), DepthwiseConv1D(2, DepthMultiplier = 3), SeparableConv1D(5, 2, Padding = Padding.Same), Conv1DTranspose(2, 3, Strides = 2, Padding = Padding.Same)]",
        "[Input(Dim.Any, 3), ZeroPadding1D(2, 1), Conv1D(17, 3), Cropping1D(1, 0), UpSampling1D(3), Conv1DTranspose(3, 2, DilationRate = 2), Cropping1D(0, 2)]",
        "[Input(1, 1, 1), Conv2D(1, 1), Conv2DTranspose(2, 3, Strides = 2), SeparableConv2D(1, 1)]",
        "[Input(5, 4, 3), Conv2DTranspose(17, 3, Strides = 2, Padding = Padding.Same, Activation = Activation.ReLU), Conv2D(4, 3, Strides = 2), Conv2DTranspose(1, 2, 1, Strides = 3, OutputPadding = 1)]",
        "[Input(3, 4, 2), Conv2DTranspose(16, 4, Strides = new[] { 1, 2 }, Padding = Padding.Same, UseBias = false), Conv2DTranspose(3, 2, DilationRate = 2, Activation = Activation.Sigmoid), Conv2DTranspose(2, 2, Strides = 5)]",
        "[Input(6, 7, 5), DepthwiseConv2D(3, Padding = Padding.Same, Activation = Activation.ReLU), DepthwiseConv2D(3, 2, Strides = 2, DepthMultiplier = 2, UseBias = false), BatchNormalization, ReLU, DepthwiseConv2D(2, DilationRate = 2, Padding = Padding.Same)]",
        "[Input(9, 8, 3), Conv2D(40, 1), DepthwiseConv2D(3, Strides = 2, Padding = Padding.Same, UseBias = false), BatchNormalization, ReLU(6), DepthwiseConv2D(3, Padding = Padding.Same, DilationRate = 2), Conv2D(33, 1), DepthwiseConv2D(3, Activation = Activation.ReLU)]",
        "[Input(6, 7, 3), Conv2D(20, 3, Strides = 2, Activation = Activation.ReLU), Conv2D(34, 2, 3, UseBias = false), ReLU, Conv2D(17, 1, Activation = Activation.ReLU), Conv2DTranspose(5, 2, 3)]",
        "[Input(6, 5, 4), SeparableConv2D(18, 3, Padding = Padding.Same, DepthMultiplier = 2, Activation = Activation.Tanh), SeparableConv2D(3, 2, Strides = 2, UseBias = false)]",
        "[Input(5, 5, 3), ZeroPadding2D(1, 2), Conv2D(16, 3, Strides = 2, UseBias = false), BatchNormalization, ReLU, Cropping2D(0, 1, 1, 0), UpSampling2D(2), Permute(3, 1, 2)]",
        "[Input(3, 2, 5), UpSampling2D(2, 3), Conv2D(3, 2), UpSampling2D(3, 1, DataFormat = DataFormat.ChannelsFirst), UpSampling2D(2, Interpolation = Interpolation.Bilinear)]",
        "[Input(2, 5, 4), ZeroPadding2D(1, 0, 2, 1, DataFormat = DataFormat.ChannelsFirst), Conv2D(6, 3, Groups = 2, DataFormat = DataFormat.ChannelsFirst), Cropping2D(1, 0, DataFormat = DataFormat.ChannelsFirst), Conv2DTranspose(3, 2, Strides = 2, DataFormat = DataFormat.ChannelsFirst), DepthwiseConv2D(2, DataFormat = DataFormat.ChannelsFirst)]",
        "[Input(7, 9, 3), Ops.Conv(18, 3, 3, Pads = new[] { 2, 0, 1, 1 }, Strides = new[] { 2, 1 }, Activation = Activation.ReLU), Ops.Conv(33, 3, 2, Dilations = new[] { 2, 1 }, Strides = 2, Pads = 2), Ops.Conv(6, 1, 1, Groups = 3, Pads = 1)]",
        "[Input(4, 5, 6), Ops.ConvTranspose(17, 3, 3, Strides = 2, Pads = 1, OutputPadding = 1, Activation = Activation.ReLU), Ops.ConvTranspose(4, 2, 3, Pads = new[] { 0, 2, 1, 1 }, Dilations = 2), Ops.ConvTranspose(4, 3, 3, Groups = 4, Strides = new[] { 1, 2 }, OutputPadding = new[] { 1, 2 }), Ops.ConvTranspose(2, 2, 2, Groups = 2)]",
        "[Input(4, 5, 3, 2), Ops.Conv(17, 3, 3, 3, Pads = 1, Activation = Activation.ReLU), Ops.Conv(4, 2, 1, 3, Strides = new[] { 3, 1, 2 }, Dilations = new[] { 2, 1, 1 }, UseBias = false), Ops.ConvTranspose(5, 2, 2, 2, Strides = 2, Pads = new[] { 1, 0, 0, 0, 1, 0 })]",
        "[Input(3, 5, 4, 3), Conv3D(17, 3, Padding = Padding.Same, Activation = Activation.ReLU), MaxPooling3D(2, 3, 2, Strides = new[] { 1, 2, 2 }, Padding = Padding.Same), Conv3D(6, 2, 1, 2, DilationRate = new[] { 2, 1, 1 }, UseBias = false), AdaptiveAveragePooling3D(1, 2, 3)]",
        "[Input(2, 3, 2, 4), Conv3DTranspose(6, 3, 2, 2, Strides = new[] { 2, 1, 3 }, Padding = Padding.Same), ZeroPadding3D(1, 0, 1), AveragePooling3D(2, Padding = Padding.Same), UpSampling3D(1, 2, 1), AdaptiveMaxPooling3D(2), Cropping3D(0, 1, 0, 0, 0, 0), GlobalMaxPooling3D]",
        "[Input(Dim.Any, 5, 4, 3), ConvLSTM2D(5, 3, Padding = Padding.Same, ReturnSequences = true), ConvLSTM2D(4, 2, 3, Strides = 2, GoBackwards = true)]",
        "[Input(Dim.Any, 7, 2), ConvLSTM1D(17, 2, UseBias = false, DilationRate = 2, ReturnState = true, Name = \"e\"), Add(\"e\", \"e.state_c\")]",
        "[Input(3, 2, 3, 2, 2), ConvLSTM3D(3, 2, Padding = Padding.Same, ReturnSequences = true, GradientCheckpoint = 2), GlobalAveragePooling3D(TimeDistributed = true)]",
        "[Input(1, 1, 1, 1), Ops.ConvTranspose(1, 1, 2, 1), Ops.Conv(2, 1, 1, 1, Pads = 1), Ops.ConvTranspose(4, 3, 1, 1, Groups = 2, Strides = 2)]",
        "[Input(Dim.Any, 4), Ops.Conv(17, 3, Pads = new[] { 2, 1 }), Ops.ConvTranspose(6, 4, Strides = 2, Pads = 1), Ops.Conv(2, 2, Groups = 2, Strides = 3)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    /// <summary>Samples and times.</summary>
    private static readonly (int Batch, int Time)[] Sizes = [(1, 7), (2, 4), (5, 19), (16, 8)];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Inference_agrees_with_the_interpreter(int index)
    {
        foreach ((int batch, int time) in Sizes)
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(batch, time), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Training_agrees_with_the_interpreter(int index)
    {
        foreach ((int batch, int time) in Sizes)
        {
            NetCheck.Training(Batch.Value.Nets[index], new NetData(batch, time), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach ((int batch, int time) in Sizes)
        {
            NetCheck.Parts(Batch.Value.Nets[index], new NetData(batch, time));
        }
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);
}
