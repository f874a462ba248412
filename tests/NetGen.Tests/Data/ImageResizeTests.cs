using CsCheck;

namespace NetGen.Tests.Data;

public sealed class ImageResizeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Bilinear_is_half_pixel_and_clamped()
    {
        // tf.image.resize([[0, 100]], (1, 4)): centres at -0.25, 0.25, 0.75, 1.25 of the old pixels.
        Assert.Equal([0, 25, 75, 100], Resize(1, 2, [0, 100], 1, 4, ImageInterpolation.Bilinear));
        // Without averaging, shrinking by four takes the two pixels around the centre.
        Assert.Equal([50], Resize(1, 4, [255, 40, 60, 255], 1, 1, ImageInterpolation.Bilinear));
    }

    [Fact]
    public void Nearest_and_area()
    {
        Assert.Equal([0, 0, 100, 100], Resize(1, 2, [0, 100], 1, 4, ImageInterpolation.Nearest));
        Assert.Equal([20, 50], Resize(1, 6, [10, 20, 30, 40, 50, 60], 1, 2, ImageInterpolation.Nearest));
        Assert.Equal([20, 50], Resize(1, 6, [10, 20, 30, 40, 50, 60], 1, 2, ImageInterpolation.Area));
        Assert.Equal([(10 + (0.5f * 40)) / 1.5f, ((0.5f * 40) + 70) / 1.5f], Resize(1, 3, [10, 40, 70], 1, 2, ImageInterpolation.Area), (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void The_middle_is_cut_to_the_proportions()
    {
        Assert.Equal([20, 30], Resize(1, 4, [10, 20, 30, 40], 1, 2, ImageInterpolation.Bilinear, crop: true));
        Assert.Equal([20, 30], Resize(4, 1, [10, 20, 30, 40], 2, 1, ImageInterpolation.Bilinear, crop: true));
    }

    [Fact]
    public void Every_interpolation_keeps_what_it_must() =>
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Int[1, 9], Gen.Enum<ImageInterpolation>(), Gen.Byte).Sample((h, w, newH, newW, interpolation, grey) =>
        {
            // A plain image stays plain; the same size changes nothing; nothing leaves the range.
            Assert.All(Resize(h, w, [.. Enumerable.Repeat(grey, h * w)], newH, newW, interpolation), value => Assert.Equal(grey, value, 1e-3f));
            byte[] pixels = [.. Enumerable.Range(0, h * w).Select(i => (byte)((i * 97) + grey))];
            Assert.Equal(pixels.Select(p => (float)p), Resize(h, w, pixels, h, w, interpolation));
            Assert.All(Resize(h, w, pixels, newH, newW, interpolation), value => Assert.InRange(value, pixels.Min() - 1e-3f, pixels.Max() + 1e-3f));

            // Rows and columns are treated alike.
            byte[] turned = [.. Enumerable.Range(0, h * w).Select(i => pixels[(i % h * w) + (i / h)])];
            float[] straight = Resize(h, w, pixels, newH, newW, interpolation), sideways = Resize(w, h, turned, newW, newH, interpolation);
            for (int i = 0; i < straight.Length; i++) Assert.Equal(straight[i], sideways[(i % newW * newH) + (i / newW)], 1e-3f);
        }, iter: 60, threads: 1);

    private float[] Resize(int height, int width, byte[] grey, int newHeight, int newWidth, ImageInterpolation interpolation, bool crop = false)
    {
        Directory.CreateDirectory(folder["a"]);
        File.WriteAllBytes(folder["a/x.png"], TestImages.Png(height, width, 0, 8, grey));
        return Reading.Inputs(
            ImageFolder.Open(folder.FullName, new ImageFolderOptions { Height = newHeight, Width = newWidth, Channels = 1, Interpolation = interpolation, CropToAspectRatio = crop }), 1);
    }
}
