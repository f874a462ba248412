using NetGen.Tests.Data;

namespace NetGen.Tests.Fuzzing;

/// <summary>Pictures, as a folder of images reads them.</summary>
internal abstract class PictureFormat : FuzzFormat
{
    public override int ShortRun => 3000;

    /// <summary>As many pixels as are taken at most, as three bytes, and as the decoder's own.</summary>
    public override long MostBytes => 1L << 30;

    public override Func<string, string> CreateReader() => path =>
    {
        DecodedImage image = ImageDecoder.Decode(path, channels: 3);
        Assert.Equal(image.Height * image.Width * 3, image.Pixels.Length);
        return $"{image.Height > 8}{image.Width > 8}";
    };
}

internal sealed class PngFormat : PictureFormat
{
    public override string Name => "PNG";

    public override string Extension => ".png";

    public override byte[][] Words { get; } = [.. new[] { "IHDR", "IDAT", "PLTE", "IEND", "tRNS", "CgBI" }.Select(w => w.Select(c => (byte)c).ToArray()), [0, 0, 0, 1], [0x7F, 0xFF, 0xFF, 0xFF]];

    public override byte[][] Corpus() =>
    [
        TestImages.Plain(3, 5, 1, 2, 3),
        TestImages.Png(2, 3, 0, 8, [1, 2, 3, 4, 5, 6]),
        TestImages.Png(2, 3, 3, 8, [0, 1, 0, 1, 0, 1], palette: [1, 2, 3, 4, 5, 6]),
        TestImages.Png(2, 2, 4, 8, [1, 2, 3, 4, 5, 6, 7, 8]),
        TestImages.Png(1, 2, 6, 16, [.. Enumerable.Range(0, 16).Select(i => (byte)i)]),
    ];
}

internal sealed class JpegFormat : PictureFormat
{
    public override string Name => "JPEG";

    public override string Extension => ".jpg";

    public override byte[][] Words => [[0xFF, 0xD8], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xDD, 0, 4, 0, 1], [0xFF, 0xD0], [0xFF, 0xD9], [0xFF, 0], [0xFF, 0xEE], [0x22], [0x41]];

    public override byte[][] Corpus() => [TestImages.Jpeg(2, 3, 3, (y, x, c) => (byte)((y * 31) + (x * 7) + c)), TestImages.Jpeg(1, 1, 1, (_, _, _) => 200)];
}
