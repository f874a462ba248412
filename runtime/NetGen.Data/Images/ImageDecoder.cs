using StbImageSharp;

namespace NetGen;

/// <summary>
/// Reads a PNG or JPEG file, told by its first bytes. As in TensorFlow's decoders, transparency is dropped and 16 bits become their upper 8; grey becomes three equal
/// channels, and colour becomes grey by (77 R + 150 G + 29 B) / 256.
/// </summary>
internal static class ImageDecoder
{
    /// <summary>
    /// Many decode at once, but the decoder keeps the reason of its last failure in one place for all threads. So a failure is repeated while nobody else decodes, for the reason
    /// to be that of this image.
    /// </summary>
    private static readonly ReaderWriterLockSlim Decoding = new();

    /// <summary>Decodes a file.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is no PNG or JPEG, or is damaged or truncated.</exception>
    public static DecodedImage Decode(string path, int channels)
    {
        byte[] file = Load(path);
        string format = ImageFormat.Check(file, path);
        ColorComponents components = channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue;
        if (TryDecode(file, components, isAlone: false, out _) is not { } image && (image = TryDecode(file, components, isAlone: true, out Exception? failure)) is null)
            throw new DataFileException(path, 0, $"The {format} data cannot be decoded: {failure!.Message.TrimEnd('.')}.", failure);
        return new DecodedImage(image.Data, image.Height, image.Width, channels);
    }

    private static ImageResult? TryDecode(byte[] file, ColorComponents components, bool isAlone, out Exception? failure)
    {
        if (isAlone) Decoding.EnterWriteLock();
        else Decoding.EnterReadLock();
        try
        {
            failure = null;
            return ImageResult.FromMemory(file, components);
        }
        catch (Exception exception)
        {
            // The decoder throws whatever a damaged stream leads it to: an index, a size, or its own words.
            failure = exception;
            return null;
        }
        finally
        {
            if (isAlone) Decoding.ExitWriteLock();
            else Decoding.ExitReadLock();
        }
    }

    private static byte[] Load(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DataFileException(path, 0, $"The image cannot be read: {exception.Message}", exception);
        }
    }
}
