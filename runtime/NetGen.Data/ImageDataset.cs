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
    private readonly ulong? ownSeed;

    internal ImageDataset(LabelledImage[] images, IReadOnlyList<string> classNames, IReadOnlyList<SkippedImage> skipped, ImageFolderOptions options, ulong? ownSeed = null)
    {
        this.images = images;
        this.options = options;
        this.ownSeed = ownSeed;
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

    /// <inheritdoc/>
    public bool RepeatsInputs => true;

    /// <summary>The file of an image.</summary>
    /// <param name="sample">The position in the stored order, from 0 to <see cref="Count"/> - 1.</param>
    public string File(int sample) => images[sample].Path;

    /// <summary>The number of an image's class.</summary>
    /// <param name="sample">The position in the stored order, from 0 to <see cref="Count"/> - 1.</param>
    public int Label(int sample) => images[sample].Label;

    /// <summary>
    /// Puts the images in a random order, and gives the epochs that a trainer shuffles this seed. As a folder's images stand in the order of their classes, shuffle before
    /// you split. A part of the result is a random part which does not change from epoch to epoch.
    /// </summary>
    /// <param name="seed">The order is a pure function of the seed and the number of images; in epoch e of (seed, e).</param>
    /// <returns>The shuffled data set.</returns>
    public ImageDataset Shuffle(ulong seed) => With([.. Permutation.Create(Count, seed, 0).Select(place => images[place])], seed);

    /// <summary>
    /// Splits in two without shuffling. <c>Split(1 - validationSplit)</c> gives the two parts of Keras's <c>validation_split</c>: the first floor(count * fraction) images,
    /// and the last ones.
    /// </summary>
    /// <param name="fraction">The first part's share, above 0 and below 1.</param>
    /// <returns>Both parts, of the same classes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1, or would leave one part empty.</exception>
    public (ImageDataset First, ImageDataset Second) Split(double fraction)
    {
        int first = fraction is > 0 and < 1 ? (int)Math.Floor(Count * fraction) : 0;
        if (first == 0 || first == Count)
        {
            throw new ArgumentOutOfRangeException(
                nameof(fraction), fraction, $"The fraction must lie between 0 and 1 and leave neither part of the {Count} images empty.");
        }

        return (With(images[..first], ownSeed), With(images[first..], ownSeed));
    }

    /// <inheritdoc/>
    /// <exception cref="DataFileException">On reading: an image cannot be read or is damaged; the message names the file. Of several in a batch, the first.</exception>
    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false) =>
        source.Prefetch(options.PrefetchedBatches).CreateReader(batchSize, shuffleSeed is null ? null : ownSeed ?? shuffleSeed, epoch, dropRemainder);

    private ImageDataset With(LabelledImage[] part, ulong? seed) => new(part, ClassNames, Skipped, options, seed);
}
