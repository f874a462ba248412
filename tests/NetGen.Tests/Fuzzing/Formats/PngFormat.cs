using NetGen.Tests.Data;

namespace NetGen.Tests.Fuzzing;

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
