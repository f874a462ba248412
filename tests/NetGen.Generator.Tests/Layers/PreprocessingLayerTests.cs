namespace NetGen.Generator.Tests;

public sealed class PreprocessingLayerTests
{
    private static readonly double[] Ramp = [.. Enumerable.Range(1, 6).Select(i => (double)i)];

    [Theory]
    [InlineData("[Input(2, 1, 1), Resizing(4, 1)]", new[] { 1.0, 2 }, new[] { 1, 1.25, 1.75, 2 })]
    [InlineData("[Input(4, 1, 1), Resizing(2, 1)]", new[] { 1.0, 2, 3, 5 }, new[] { 1.5, 4 })]
    [InlineData("[Input(4, 1, 1), Resizing(2, 1, Antialias = true)]", new[] { 7.0, 0, 0, 14 }, new[] { 3.0, 6 })]
    [InlineData("[Input(1, 5, 1), Resizing(1, 2, Interpolation = Interpolation.Nearest)]", new[] { 1.0, 2, 3, 4, 5 }, new[] { 2.0, 4 })]
    [InlineData("[Input(1, 2, 1), Resizing(1, 5, Interpolation = Interpolation.Nearest)]", new[] { 1.0, 2 }, new[] { 1.0, 1, 2, 2, 2 })]
    [InlineData("[Input(1, 3, 1), Resizing(1, 2, Interpolation = Interpolation.Area)]", new[] { 1.0, 4, 7 }, new[] { 2.0, 6 })]
    [InlineData("[Input(1, 2, 1), Resizing(1, 4, Interpolation = Interpolation.Area)]", new[] { 1.0, 4 }, new[] { 1.0, 1, 4, 4 })]
    [InlineData("[Input(1, 4, 1), Resizing(1, 2, Interpolation = Interpolation.Bicubic)]", new[] { 1.0, 2, 3, 4 }, new[] { 1.5 / 1.0625, 3.8125 / 1.0625 })]
    [InlineData("[Input(1, 2, 1), UpSampling2D(1, 2, Interpolation = Interpolation.Bilinear)]", new[] { 1.0, 2 }, new[] { 1, 1.25, 1.75, 2 })]
    [InlineData("[Input(1, 1, 2), UpSampling2D(1, 2, Interpolation = \"bilinear\", DataFormat = \"channels_first\")]", new[] { 1.0, 2 }, new[] { 1, 1.25, 1.75, 2 })]
    [InlineData("[Input(1, 2, 1), UpSampling2D]", new[] { 1.0, 2 }, new[] { 1.0, 1, 2, 2, 1, 1, 2, 2 })]
    [InlineData("[Input(2, 4, 1), Resizing(2, 2, CropToAspectRatio = true)]", new[] { 1.0, 2, 3, 4, 5, 6, 7, 8 }, new[] { 2.0, 3, 6, 7 })]
    [InlineData("[Input(1, 3, 1), Resizing(3, 3, PadToAspectRatio = true, FillValue = 9)]", new[] { 1.0, 2, 3 }, new[] { 9.0, 9, 9, 1, 2, 3, 9, 9, 9 })]
    public void Resizing_has_half_pixel_centres(string tape, double[] x, double[] y) => Assert.Equal(y, Run(tape, x, training: false), (a, b) => Math.Abs(a - b) < 1e-12);

    /// <summary>A filter that is exact for straight lines keeps them away from the edges; each keeps a constant everywhere.</summary>
    [Theory]
    [InlineData("Bilinear", false, true)]
    [InlineData("Bicubic", false, true)]
    [InlineData("Bicubic", true, true)]
    [InlineData("Lanczos3", false, false)]
    [InlineData("Lanczos5", true, false)]
    [InlineData("Area", false, true)]
    public void Resizing_keeps_constants_and_lines(string interpolation, bool antialias, bool keepsLines)
    {
        string tape = $"[Input(1, 30, 1), Resizing(1, 15, Interpolation = Interpolation.{interpolation}, Antialias = {(antialias ? "true" : "false")})]";
        Assert.All(Run(tape, [.. Enumerable.Repeat(3.0, 30)], training: false), y => Assert.Equal(3, y, 12));
        double[] line = Run(tape, [.. Enumerable.Range(0, 30).Select(i => (double)i)], training: false);
        Assert.All(Enumerable.Range(4, 7), o => Assert.Equal((2 * o) + 0.5, line[o], keepsLines ? 12 : 1));
    }

    [Fact]
    public void A_flip_mirrors_the_samples_whose_number_is_small()
    {
        // Three samples of 1x2; the stream gives 0.4, 0.6 and 0.5.
        double[] y = Run("[Input(1, 2, 1), RandomFlip(FlipMode.Horizontal)]", Ramp, training: true, (_, i) => new[] { 0.4, 0.6, 0.5 }[i]);
        Assert.Equal([2, 1, 3, 4, 6, 5], y);
        Assert.Equal([4, 3, 2, 1], Run("[Input(2, 2, 1), RandomFlip]", [1, 2, 3, 4], training: true, (_, _) => 0.1));
        Assert.Equal([3, 4, 1, 2], Run("[Input(2, 2, 1), RandomFlip(FlipMode.Vertical)]", [1, 2, 3, 4], training: true, (_, _) => 0.1));
        Assert.Equal(Ramp, Run("[Input(1, 2, 1), RandomFlip]", Ramp, training: false));
    }

    [Theory]
    [InlineData(0, new[] { 1.0, 2 })]
    [InlineData(0.34, new[] { 2.0, 3 })]
    [InlineData(0.99999994, new[] { 3.0, 4 })]
    public void A_crop_begins_anywhere(double number, double[] y) => Assert.Equal(y, Run("[Input(1, 4, 1), RandomCrop(1, 2)]", [1, 2, 3, 4], training: true, (_, _) => number));

    [Fact]
    public void A_crop_in_inference_is_the_middle_resized()
    {
        Assert.Equal([2, 3], Run("[Input(1, 4, 1), RandomCrop(1, 2)]", [1, 2, 3, 4], training: false));
        Assert.Equal([1.5, 3.5, 5.5, 7.5], Run("[Input(2, 4, 1), RandomCrop(1, 1), Resizing(1, 1)]", [0, 1, 2, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 3, 4, 0, 0, 5, 6, 0, 0, 5, 6, 0, 0, 7, 8, 0, 0, 7, 8, 0], training: false));
        Assert.Equal(Run("[Input(2, 4, 1), RandomCrop(3, 3)]", [1, 2, 3, 4, 5, 6, 7, 8], training: false), Run("[Input(2, 4, 1), RandomCrop(3, 3)]", [1, 2, 3, 4, 5, 6, 7, 8], training: true));
    }

    /// <summary>The number 0.75 between -0.5 and 0.5 is a shift by a quarter of four: one place to the right.</summary>
    [Theory]
    [InlineData("Constant", 0.75, new[] { 9.0, 1, 2, 3 })]
    [InlineData("Nearest", 0.75, new[] { 1.0, 1, 2, 3 })]
    [InlineData("Reflect", 1, new[] { 2.0, 1, 1, 2 })]
    [InlineData("Wrap", 0.75, new[] { 4.0, 1, 2, 3 })]
    [InlineData("Wrap", 0, new[] { 3.0, 4, 1, 2 })]
    [InlineData("Constant", 0.625, new[] { 5.0, 1.5, 2.5, 3.5 })]
    public void A_translation_shifts_to_the_right_and_fills(string mode, double number, double[] y) => Assert.Equal(
        y, Run($"[Input(1, 4, 1), RandomTranslation(0, 0.5, FillMode = FillMode.{mode}, FillValue = 9)]", [1, 2, 3, 4], training: true, (_, _) => number), (a, b) => Math.Abs(a - b) < 1e-12);

    [Fact]
    public void Contrast_and_brightness_stay_within_the_range()
    {
        // The means of the channels are 2 and 20; the factor is 0.8 + 0.75 * 0.4 = 1.1 of the first sample.
        double[] x = [1, 10, 3, 30];
        Assert.Equal([0.9, 9, 3.1, 25], Run("[Input(1, 2, 2), RandomContrast(0.2, ValueRange = new[] { 0, 25 })]", x, training: true, (_, _) => 0.75), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([6, 15, 8, 25], Run("[Input(1, 2, 2), RandomBrightness(new[] { -0.1, 0.3 }, ValueRange = new[] { 0, 25 })]", x, training: true, (_, _) => 0.75), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal(x, Run("[Input(1, 2, 2), RandomContrast(0.2), RandomBrightness(0.2)]", x, training: false));
    }

    [Fact]
    public void Each_layer_draws_from_streams_of_its_own()
    {
        TapeResult result = TapeText.Build("[Input(4, 5, 2), RandomFlip(Seed = 3), RandomCrop(3, 4), RandomTranslation(0.1, 0.1, Seed = 4), RandomContrast(0.1), RandomBrightness(0.1), SpatialDropout2D(0.1)]", training: true);
        Assert.Empty(result.Problems);
        Assert.Equal(
            [("random_flip", 3L), ("random_crop", null), ("random_crop", null), ("random_translation", 4L), ("random_translation", 4L), ("random_contrast", null), ("random_brightness", null), ("spatial_dropout2d", null)],
            result.RandomStreams.Select(s => (s.Layer, s.Seed)));
        Assert.Equal([0, 1, 2, 0, 1, 5, 6, 7], result.RandomStreams.Select(s => s.Stream));
    }

    [Theory]
    [InlineData("[Input(4, 5, 3), Resizing(0, 3)]", "Height", "at least 1", "0")]
    [InlineData("[Input(4, 5, 3), Resizing(3, -2)]", "Width", "at least 1", "-2")]
    [InlineData("[Input(Dim.Any, 5, 3), Resizing(3, 2)]", null, "constant", "(n, t, 5, 3)")]
    [InlineData("[Input(4, 5, 3), Resizing(3, 2, Interpolation = \"cubic\")]", "Interpolation", "Bicubic", "cubic")]
    [InlineData("[Input(4, 5, 3), Resizing(3, 2, FillMode = FillMode.Wrap, PadToAspectRatio = true)]", "FillMode", "Constant", "Wrap")]
    [InlineData("[Input(4, 5, 3), Resizing(3, 2, CropToAspectRatio = true, PadToAspectRatio = true)]", "PadToAspectRatio", "CropToAspectRatio")]
    [InlineData("[Input(4, 5, 3), UpSampling2D(0)]", "Size", "at least 1", "0")]
    [InlineData("[Input(4, 5, 3), UpSampling2D(Interpolation = Interpolation.Area)]", "Interpolation", "Bilinear", "Area")]
    [InlineData("[Input(Dim.Any, 5, 3), UpSampling2D(Interpolation = Interpolation.Bicubic)]", null, "constant", "(n, t, 5, 3)")]
    [InlineData("[Input(4, 5), RandomFlip]", null, "rank 4", "(n, 4, 5)")]
    [InlineData("[Input(4, 5, 3), RandomFlip(\"diagonal\")]", "Mode", "Horizontal", "diagonal")]
    [InlineData("[Input(4, 5, 3), RandomCrop(0, 3)]", "Height", "at least 1", "0")]
    [InlineData("[Input(4, 5, 3), RandomTranslation(1.5, 0.1)]", "HeightFactor", "-1 to 1", "1.5")]
    [InlineData("[Input(4, 5, 3), RandomTranslation(0.1, 0.1, Interpolation = Interpolation.Area)]", "Interpolation", "Bilinear", "Area")]
    [InlineData("[Input(4, 5, 3), RandomContrast(-0.5)]", "Factor", "0 to 1", "-0.5")]
    [InlineData("[Input(4, 5, 3), RandomBrightness(new[] { 0.1, 0.2, 0.3 })]", "Factor", "one or two", "0.1, 0.2, 0.3")]
    [InlineData("[Input(4, 5, 3), RandomBrightness(0.1, ValueRange = new[] { 1, 1 })]", "ValueRange", "two different", "1, 1")]
    [InlineData("[Input(4, 5, 3), SpatialDropout2D(1.5)]", "Rate", "at most 1", "1.5")]
    [InlineData("[Input(4, 5, 3), SpatialDropout1D(0.5)]", null, "rank 3", "(n, 4, 5, 3)")]
    [InlineData("[Input(4, 5, 30), GroupNormalization]", null, "32", "30 channels", "(n, 4, 5, 30)")]
    [InlineData("[Input(4, 5, 30), GroupNormalization(4)]", "Groups", "4", "30 channels")]
    [InlineData("[Input(4, 5, 30), GroupNormalization(0)]", "Groups", "0", "30 channels")]
    public void Problems_are_on_the_argument(string tape, string? argument, params string[] parts)
    {
        Problem problem = Assert.Single(TapeText.Build(tape).Problems);
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    private static double[] Run(string tape, double[] x, bool training, Func<int, long, double>? random = null)
    {
        Graph graph = TapeText.Graph(tape, training: training);
        long size = graph.Inputs[0].Shape.CountOf(1, graph.Inputs[0].Shape.Rank).Constant;
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = x.Length / size }, random is null ? null : (draw, element) => random(draw.Stream, element));
        interpreter.Set(graph.Inputs[0], x);
        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
