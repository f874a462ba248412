namespace NetGen;

/// <summary>
/// Labelled images in files, decoded in parallel while they are read and some batches ahead. Values are from 0 to 255; let the network begin with a Rescaling or
/// Normalization layer. <see cref="ImageFolder.Open"/> makes one.
/// </summary>
public sealed class ImageDataset : IDataSource
{
    private readonly LabelledImage[] images;
    private readonly ImageFolderOptions options;
    private readonly ImageSource source;

    internal ImageDataset(LabelledImage[] images, IReadOnlyList<string> classNames, IReadOnlyList<SkippedImage> skipped, ImageFolderOptions options)
    {
        this.images = images;
        this.options = options;
        ClassNames = classNames;
        Skipped = skipped;
        source = new ImageSource(images, classNames.Count, options);
    }

    /// <summary>The number of images.</summary>
    public int Count => images.Length;

    /// <summary>The names of the classes, by their numbers.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>What was left out when the folder was opened, in its order; empty unless <see cref="ImageFolderOptions.SkipUnreadable"/> was asked for.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    long? IDataSource.SampleCount => Count;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Inputs => source.Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<TensorInfo> Targets => source.Targets;

    /// <inheritdoc/>
    public bool HasSampleWeights => false;

    /// <summary>The file of an image.</summary>
    /// <param name="sample">The position in the stored order, from 0 to <see cref="Count"/> - 1.</param>
    public string File(int sample) => images[sample].Path;

    /// <summary>The number of an image's class.</summary>
    /// <param name="sample">The position in the stored order, from 0 to <see cref="Count"/> - 1.</param>
    public int Label(int sample) => images[sample].Label;

    /// <summary>
    /// Splits off the last floor(count * fraction) images for validation, as Keras's <c>validation_split</c> does. The images stand in the order of their classes, so
    /// without a seed the last classes would be all that is validated on; with one, the set is shuffled before.
    /// </summary>
    /// <param name="validationSplit">The share of the validation set, above 0 and below 1.</param>
    /// <param name="seed">The order is a pure function of the seed and the number of images; null keeps the stored order.</param>
    /// <returns>Both parts, of the same classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or would leave one part empty.</exception>
    public (ImageDataset Training, ImageDataset Validation) Split(double validationSplit, ulong? seed)
    {
        int validation = validationSplit is > 0 and < 1 ? (int)Math.Floor(Count * validationSplit) : 0;
        if (validation == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(validationSplit), validationSplit, $"The fraction must lie between 0 and 1 and leave neither part of the {Count} images empty.");
        }

        LabelledImage[] order = seed is { } s ? [.. Permutation.Create(Count, s, 0).Select(place => images[place])] : images;
        return (With(order[..^validation]), With(order[^validation..]));
    }

    /// <inheritdoc/>
    /// <exception cref="DataFileException">On reading: an image cannot be read or is damaged; the message names the file. Of several in a batch, the first.</exception>
    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) =>
        source.Prefetch(options.PrefetchedBatches).CreateReader(batchSize, shuffleSeed, epoch, dropRemainder);

    private ImageDataset With(LabelledImage[] part) => new(part, ClassNames, Skipped, options);
}
