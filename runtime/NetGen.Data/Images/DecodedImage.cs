namespace NetGen;

/// <summary>An image as it is in its file: rows from the top, (height, width, channels) bytes.</summary>
internal readonly record struct DecodedImage(byte[] Pixels, int Height, int Width, int Channels);
