namespace NetGen;

/// <summary>Prepares pixels for networks trained on ImageNet.</summary>
public static class ImagePreprocessing
{
    private const int Channels = 3;

    // The means of Caffe's models, blue first; means and deviations of torchvision's, red first. All from keras/src/applications/imagenet_utils.py.
    private static readonly float[] CaffeMeans = [103.939f, 116.779f, 123.68f];
    private static readonly float[] TorchMeans = [0.485f, 0.456f, 0.406f];
    private static readonly float[] TorchDeviations = [0.229f, 0.224f, 0.225f];

    /// <summary>Changes pixels in place.</summary>
    /// <param name="pixels">Images one after the other, (..., 3), red first, from 0 to 255.</param>
    /// <param name="mode">Which preprocessing.</param>
    /// <exception cref="ArgumentException">The length is no multiple of 3.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    public static void Apply(Span<float> pixels, PreprocessingMode mode)
    {
        if (pixels.Length % Channels != 0)
            throw new ArgumentException($"There are {pixels.Length} values, which is no multiple of 3, the channels of a pixel.", nameof(pixels));
        switch (mode)
        {
            case PreprocessingMode.Caffe:
                for (int i = 0; i < pixels.Length; i += Channels)
                {
                    (float red, float green, float blue) = (pixels[i], pixels[i + 1], pixels[i + 2]);
                    pixels[i] = blue - CaffeMeans[0];
                    pixels[i + 1] = green - CaffeMeans[1];
                    pixels[i + 2] = red - CaffeMeans[2];
                }

                break;
            case PreprocessingMode.TF:
                for (int i = 0; i < pixels.Length; i++) pixels[i] = (pixels[i] / 127.5f) - 1;
                break;
            case PreprocessingMode.Torch:
                for (int i = 0; i < pixels.Length; i += Channels)
                {
                    for (int c = 0; c < Channels; c++) pixels[i + c] = ((pixels[i + c] / 255) - TorchMeans[c]) / TorchDeviations[c];
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such mode.");
        }
    }

    /// <summary>Writes prepared pixels elsewhere.</summary>
    /// <param name="pixels">Images one after the other, (..., 3), red first, from 0 to 255.</param>
    /// <param name="destination">Receives as many values.</param>
    /// <param name="mode">Which preprocessing.</param>
    /// <exception cref="ArgumentException">The length is no multiple of 3, or not the destination's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such mode.</exception>
    public static void Apply(ReadOnlySpan<float> pixels, Span<float> destination, PreprocessingMode mode)
    {
        if (destination.Length != pixels.Length)
            throw new ArgumentException($"The destination has {destination.Length} elements for {pixels.Length} values.", nameof(destination));
        pixels.CopyTo(destination);
        Apply(destination, mode);
    }
}
