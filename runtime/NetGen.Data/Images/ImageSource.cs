namespace NetGen;

/// <summary>The images without reading ahead.</summary>
internal sealed class ImageSource(LabelledImage[] images, int classes, ImageFolderOptions options) : IDataSource
{
    public long? SampleCount => images.Length;

    public IReadOnlyList<TensorInfo> Inputs { get; } = [new TensorInfo(Dataset.DefaultInput, [options.Height, options.Width, options.Channels])];

    public IReadOnlyList<TensorInfo> Targets { get; } =
        [options.OneHot ? new TensorInfo(Dataset.DefaultTarget, [classes]) : new TensorInfo(Dataset.DefaultTarget, [1], ElementType.Int32)];

    public bool HasSampleWeights => false;

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        LabelledImage[] order = images;
        if (shuffleSeed is { } seed)
        {
            int[] places = Permutation.Create(images.Length, seed, epoch);
            order = [.. places.Select(place => images[place])];
        }

        return new ImageReader(order, classes, options, batchSize, dropRemainder);
    }
}
