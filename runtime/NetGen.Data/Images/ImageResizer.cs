namespace NetGen;

/// <summary>Brings an image to a size: separable weights, over rows and over columns.</summary>
internal static class ImageResizer
{
    /// <summary>Writes the image in its new size, (height, width, channels), values from 0 to 255.</summary>
    public static void Resize(DecodedImage image, ImageFolderOptions options, Span<float> destination)
    {
        (int top, int left, int height, int width) = Window(image, options);
        Weights rows = Weights.Of(height, options.Height, options.Interpolation), columns = Weights.Of(width, options.Width, options.Interpolation);
        int channels = image.Channels, stride = image.Width * channels;
        for (int y = 0; y < options.Height; y++)
        {
            for (int x = 0; x < options.Width; x++)
            {
                for (int c = 0; c < channels; c++)
                {
                    float sum = 0;
                    for (int i = rows.Start[y]; i < rows.Start[y + 1]; i++)
                    {
                        int row = ((top + rows.Source[i]) * stride) + (left * channels) + c;
                        float line = 0;
                        for (int j = columns.Start[x]; j < columns.Start[x + 1]; j++) line += columns.Weight[j] * image.Pixels[row + (columns.Source[j] * channels)];
                        sum += rows.Weight[i] * line;
                    }

                    destination[(((y * options.Width) + x) * channels) + c] = sum;
                }
            }
        }
    }

    /// <summary>The whole image, or its largest part in the middle with the proportions of the new size, rounded down, as Keras's smart_resize cuts.</summary>
    private static (int Top, int Left, int Height, int Width) Window(DecodedImage image, ImageFolderOptions options)
    {
        if (!options.CropToAspectRatio) return (0, 0, image.Height, image.Width);
        int height = Math.Max(1, (int)Math.Min(image.Height, (long)image.Width * options.Height / options.Width));
        int width = Math.Max(1, (int)Math.Min(image.Width, (long)image.Height * options.Width / options.Height));
        return ((image.Height - height) / 2, (image.Width - width) / 2, height, width);
    }

    /// <summary>Along one axis: new pixel i is the sum of Weight[k] times pixel Source[k] for k from Start[i] to Start[i + 1] - 1.</summary>
    private sealed class Weights(int[] start, int[] source, float[] weight)
    {
        public int[] Start { get; } = start;

        public int[] Source { get; } = source;

        public float[] Weight { get; } = weight;

        public static Weights Of(int size, int newSize, ImageInterpolation interpolation)
        {
            var start = new List<int>(newSize + 1) { 0 };
            var source = new List<int>();
            var weight = new List<float>();
            double scale = (double)size / newSize;
            for (int i = 0; i < newSize; i++)
            {
                switch (interpolation)
                {
                    case ImageInterpolation.Nearest:
                        Add(Math.Min((int)((i + 0.5) * scale), size - 1), 1);
                        break;
                    case ImageInterpolation.Area:
                        double from = i * scale, to = Math.Min((i + 1) * scale, size);
                        for (int k = (int)from; k < to; k++) Add(k, (Math.Min(to, k + 1) - Math.Max(from, k)) / (to - from));
                        break;
                    default:
                        double position = Math.Clamp(((i + 0.5) * scale) - 0.5, 0, size - 1);
                        int before = (int)position;
                        Add(before, 1 - (position - before));
                        if (position > before) Add(before + 1, position - before);
                        break;
                }

                start.Add(source.Count);
            }

            return new Weights([.. start], [.. source], [.. weight]);

            void Add(int pixel, double share)
            {
                source.Add(pixel);
                weight.Add((float)share);
            }
        }
    }
}
