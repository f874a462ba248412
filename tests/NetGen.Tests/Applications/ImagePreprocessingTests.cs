namespace NetGen.Tests.Applications;

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

    [Fact]
    public void Wrong_lengths_and_modes_are_refused()
    {
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.Apply(new float[4], PreprocessingMode.TF));
        Assert.Throws<ArgumentException>(() => ImagePreprocessing.Apply(new float[3], new float[6], PreprocessingMode.TF));
        Assert.Throws<ArgumentOutOfRangeException>(() => ImagePreprocessing.Apply(new float[3], (PreprocessingMode)3));
        ImagePreprocessing.Apply([], PreprocessingMode.Torch);
    }

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
