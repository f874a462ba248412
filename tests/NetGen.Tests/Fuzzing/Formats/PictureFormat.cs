namespace NetGen.Tests.Fuzzing;

/// <summary>Pictures, as a folder of images reads them.</summary>
internal abstract class PictureFormat : FuzzFormat
{
    public override int ShortRun => 3000;

    /// <summary>As many pixels as are taken at most, as three bytes, and as the decoder's own.</summary>
    public override long MostBytes => 1L << 30;

    public override Func<string, int, string> CreateReader() => (path, _) =>
    {
        DecodedImage image = ImageDecoder.Decode(path, channels: 3);
        Assert.Equal(image.Height * image.Width * 3, image.Pixels.Length);
        return $"{image.Height > 8}{image.Width > 8}";
    };
}
