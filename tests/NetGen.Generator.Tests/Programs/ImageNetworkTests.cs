namespace NetGen.Generator.Tests;

/// <summary>Networks with the layers over images, in inference and training, against the interpreter and on several threads.</summary>
public sealed class ImageNetworkTests
{
    private static readonly string[] Tapes =
    [
        "[Input(7, 6, 3), Conv2D(5, 1, UseBias = false), SpatialDropout2D(0.3), GroupNormalization(-1), ReLU, Flatten, Dense(2)]",
        "[Input(9, 4), Dense(18), GroupNormalization(3), SpatialDropout1D(0.5), ReLU, Dense(2)]",
        "[Input(4, 5, 6), Dense(6), GroupNormalization(2, Axis = 1), Flatten, Dense(3)]",
        "[Input(7, 6, 3), Conv2D(17, 1), Resizing(10, 4), Resizing(5, 9, Interpolation = Interpolation.Bicubic, Antialias = true), Flatten, Dense(2)]",
        "[Input(7, 6, 3), Conv2D(3, 1), Resizing(3, 11, Interpolation = Interpolation.Lanczos3), Resizing(2, 6, Interpolation = Interpolation.Area, PadToAspectRatio = true, FillValue = 0.3), Flatten, Dense(2)]",
        "[Input(7, 6, 3), Conv2D(5, 1), RandomFlip(Seed = 2), RandomTranslation(0.3, 0.2), RandomCrop(5, 4), Flatten, Dense(2)]",
        "[Input(7, 6, 1), Conv2D(2, 1), RandomTranslation(0.5, 0.6, FillMode = FillMode.Constant, FillValue = 0.2), RandomTranslation(0.9, 0.9, FillMode = FillMode.Wrap, Interpolation = Interpolation.Nearest), Flatten, Dense(2)]",
        "[Input(7, 6, 3), Conv2D(5, 1), RandomRotation(0.3), RandomZoom(0.4, FillMode = FillMode.Constant), CenterCrop(5, 4), Flatten, Dense(2)]",
        "[Input(5, 6, 1), Conv2D(17, 1), RandomRotation(1.0, FillMode = FillMode.Constant, FillValue = 0.2), RandomZoom(0.5, new[] { -0.9, 1.0 }, FillMode = FillMode.Wrap), CenterCrop(8, 4), Flatten, Dense(2)]",
        "[Input(1, 6, 2), Conv2D(1, 1), RandomRotation(0.5, FillMode = FillMode.Wrap, Interpolation = Interpolation.Nearest), RandomRotation(0.5, FillMode = FillMode.Nearest), Flatten, Dense(2)]",
        "[Input(3, 4, 3), Conv2D(5, 1), UpSampling2D(2, 3, Interpolation = Interpolation.Bilinear), UpSampling2D, Flatten, Dense(2)]",
        "[Input(5, 6, 3), Conv2D(4, 1), RandomContrast(0.4, ValueRange = new[] { -0.7, 0.8 }), RandomBrightness(0.3, ValueRange = new[] { -0.6, 0.6 }), Flatten, Dense(2)]",
        "[Input(7, 6, 3), Conv2D(17, 1), Ops.Pad(2, 1, 0, 1, 3, 0, Mode = PadMode.Reflect), Ops.Pad(-1, 1, 1, 2, -1, 0, Value = 0.5), Ops.Pad(1, 0, 0, 0, 2, 2, Mode = PadMode.Wrap), Flatten, Dense(2)]",
        "[Input(7, 6, 3), Conv2D(17, 1), Ops.Resize(Sizes = new[] { 4, 9 }, Mode = ResizeMode.Cubic), Ops.Resize(Scales = new[] { 2, 3 }), Ops.Resize(Sizes = new[] { 5, 5 }, Mode = ResizeMode.Linear, Coordinates = ResizeCoordinates.TfCropAndResize, Roi = new[] { 0.1, -0.2, 1.2, 0.8 }, ExtrapolationValue = 0.5), Flatten, Dense(2)]",
        "[Input(5, 4, 3), Conv2D(96, 1), Ops.LRN(5, Alpha = 0.1), Conv2D(7, 1), Ops.LRN(3, Beta = 0.6), Conv2D(1, 1), Ops.LRN(2, Beta = 0.5), Flatten, Dense(2)]",
        "[Input(6, 4, 3), Conv2D(17, 1), Ops.InstanceNormalization, ReLU, Ops.SpaceToDepth(2), Ops.LpNormalization, Conv2D(36, 1), Ops.DepthToSpace(2, Mode = DepthToSpaceMode.CRD), Ops.MeanVarianceNormalization, Ops.DepthToSpace(3), Flatten, Dense(2)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agree_with_the_interpreter(int index)
    {
        foreach (int samples in new[] { 1, 2, 7 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
            NetCheck.Training(Batch.Value.Nets[index], new NetData(samples), NetCheck.Net);
        }
    }

    [Theory]
    [MemberData(nameof(Indices))]
    public void Threads_do_not_change_a_bit(int index)
    {
        foreach (int samples in new[] { 1, 5 })
        {
            NetCheck.Parts(Batch.Value.Nets[index], new NetData(samples));
        }
    }

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);
}
