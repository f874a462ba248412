namespace NetGen;

/// <summary>What becomes of the images of a folder.</summary>
public sealed class ImageFolderOptions
{
    /// <summary>The height that all images get, in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>The width that all images get, in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>3 for red, green and blue; 1 for grey, which is (77 R + 150 G + 29 B) / 256. A grey image has three equal channels in colour.</summary>
    public int Channels { get; init; } = 3;

    /// <summary>How images are brought to the size.</summary>
    public ImageInterpolation Interpolation { get; init; } = ImageInterpolation.Bilinear;

    /// <summary>
    /// Whether the largest part in the middle of an image that has the proportions of the new size is taken; otherwise the image is stretched.
    /// </summary>
    public bool CropToAspectRatio { get; init; }

    /// <summary>Whether the target is a one-hot vector (classes,), for CategoricalCrossentropy; otherwise it is the class's number (1,), for the sparse one.</summary>
    public bool OneHot { get; init; }

    /// <summary>
    /// Whether images that cannot be read, and classes without images, are left out and reported in <see cref="ImageDataset.Skipped"/>; otherwise the first one is an
    /// exception. To know them, all images are decoded once when the folder is opened.
    /// </summary>
    public bool SkipUnreadable { get; init; }

    /// <summary>How many batches are decoded ahead of the one in use.</summary>
    public int PrefetchedBatches { get; init; } = 2;

    /// <summary>How many images are decoded at the same time; 0 stands for the number of processors.</summary>
    public int Threads { get; init; }

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Height, 1, nameof(Height));
        ArgumentOutOfRangeException.ThrowIfLessThan(Width, 1, nameof(Width));
        if (Channels is not (1 or 3)) throw new ArgumentOutOfRangeException(nameof(Channels), Channels, "Images have 1 channel (grey) or 3 (colour).");
        if (!Enum.IsDefined(Interpolation)) throw new ArgumentOutOfRangeException(nameof(Interpolation), Interpolation, "There is no such interpolation.");
        ArgumentOutOfRangeException.ThrowIfLessThan(PrefetchedBatches, 1, nameof(PrefetchedBatches));
        ArgumentOutOfRangeException.ThrowIfNegative(Threads, nameof(Threads));
    }
}
