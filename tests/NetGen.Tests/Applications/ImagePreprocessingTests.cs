namespace NetGen.Tests.Applications;

[Network(Training = false), Input(1, 2, 3), CaffePreprocessing]
internal partial class CaffePixels;

[Network(Training = false), Input(1, 2, 3), TFPreprocessing]
internal partial class TFPixels;

[Network(Training = false), Input(1, 2, 3), TorchPreprocessing]
internal partial class TorchPixels;

public sealed class ImagePreprocessingTests
{
    private static readonly float[] Pixels = [0, 128, 255, 10, 20, 30];

    [Fact]
    public void Caffe_turns_the_channels_and_takes_the_means_off() => AssertClose(
        [255 - 103.939, 128 - 116.779, 0 - 123.68, 30 - 103.939, 20 - 116.779, 10 - 123.68], PreprocessingMode.Caffe);

    [Fact]
    public void TF_is_from_minus_one_to_one() => AssertClose(
        [-1, (128 / 127.5) - 1, 1, (10 / 127.5) - 1, (20 / 127.5) - 1, (30 / 127.5) - 1], PreprocessingMode.TF);

    [Fact]
    public void Torch_has_mean_and_deviation_of_each_channel() => AssertClose(
        [-0.485 / 0.229, ((128 / 255.0) - 0.456) / 0.224, (1 - 0.406) / 0.225, ((10 / 255.0) - 0.485) / 0.229, ((20 / 255.0) - 0.456) / 0.224, ((30 / 255.0) - 0.406) / 0.225],
        PreprocessingMode.Torch);

    /// <summary>The layers do what the function does.</summary>
    [Fact]
    public void In_the_network_it_is_the_same()
    {
        AssertSame(PreprocessingMode.Caffe, (x, y) => new CaffePixels(1).Predict(x, y));
        AssertSame(PreprocessingMode.TF, (x, y) => new TFPixels(1).Predict(x, y));
        AssertSame(PreprocessingMode.Torch, (x, y) => new TorchPixels(1).Predict(x, y));
    }

    [Fact]
    public void Wrong_lengths_and_modes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.Apply(new float[4], PreprocessingMode.TF));
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.Apply(new float[3], new float[6], PreprocessingMode.TF));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImagePreprocessing.Apply(new float[3], (PreprocessingMode)3));
        ImagePreprocessing.Apply([], PreprocessingMode.Torch);
    }

    private static void AssertSame(PreprocessingMode mode, PredictPixels predict)
    {
        float[] expected = new float[Pixels.Length], found = new float[Pixels.Length];
        ImagePreprocessing.Apply(Pixels, expected, mode);
        predict(Pixels, found);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], found[i], 1e-5 * Math.Max(1, Math.Abs(expected[i])));
    }

    private delegate void PredictPixels(ReadOnlySpan<float> x, Span<float> y);

    private static void AssertClose(double[] expected, PreprocessingMode mode)
    {
        var result = new float[Pixels.Length];
        ImagePreprocessing.Apply(Pixels, result, mode);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], result[i], 1e-5);
        float[] own = [.. Pixels];
        ImagePreprocessing.Apply(own, mode);
        Assert.Equal(result, own);
    }
}
