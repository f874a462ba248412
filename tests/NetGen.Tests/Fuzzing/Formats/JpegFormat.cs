using NetGen.Tests.Data;

namespace NetGen.Tests.Fuzzing;

internal sealed class JpegFormat : PictureFormat
{
    public override string Name => "JPEG";

    public override string Extension => ".jpg";

    public override byte[][] Words => [[0xFF, 0xD8], [0xFF, 0xC0], [0xFF, 0xC2], [0xFF, 0xC4], [0xFF, 0xDA], [0xFF, 0xDB], [0xFF, 0xDD, 0, 4, 0, 1], [0xFF, 0xD0], [0xFF, 0xD9], [0xFF, 0], [0xFF, 0xEE], [0x22], [0x41]];

    public override byte[][] Corpus() => [TestImages.Jpeg(2, 3, 3, (y, x, c) => (byte)((y * 31) + (x * 7) + c)), TestImages.Jpeg(1, 1, 1, (_, _, _) => 200)];
}
