using StbImageSharp;

namespace NetGen;

/// <summary>
/// Reads a PNG or JPEG file, told by its first bytes. As in TensorFlow's decoders, transparency is dropped and 16 bits become their upper 8; grey becomes three equal
/// channels, and colour becomes grey by (77 R + 150 G + 29 B) / 256.
/// </summary>
internal static class ImageDecoder
{
    /// <summary>Decodes a file.</summary>
    /// <exception cref="DataFileException">The file cannot be read, is no PNG or JPEG, or is damaged or truncated.</exception>
    public static DecodedImage Decode(string path, int channels)
    {
        byte[] file = Load(path);
        string format = ImageFormat.Check(file, path);
        try
        {
            ImageResult image = ImageResult.FromMemory(file, channels == 1 ? ColorComponents.Grey : ColorComponents.RedGreenBlue);
            return new DecodedImage(image.Data, image.Height, image.Width, channels);
        }
        catch (Exception exception)
        {
            // The decoder throws whatever a damaged stream leads it to: an index, a size, or its own words.
            throw new DataFileException(path, 0, $"The {format} data are damaged and cannot be decoded.", exception);
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
