namespace NetGen;

/// <summary>The images without reading ahead.</summary>
internal sealed class ImageSource(LabelledImage[] images, int classes, ImageFolderOptions options) : IDataSource
{
    public long? SampleCount => images.Length;

    public IReadOnlyList<TensorInfo> Inputs { get; } = [new TensorInfo(Dataset.DefaultInput, [options.Height, options.Width, options.Channels])];

    public IReadOnlyList<TensorInfo> Targets { get; } =
        [options.OneHot ? new TensorInfo(Dataset.DefaultTarget, [classes]) : new TensorInfo(Dataset.DefaultTarget, [1], ElementType.Int32)];

    public bool HasSampleWeights => false;

    public bool RepeatsInputs => true;

    public BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(epoch);
        int[]? places = shuffleSeed is { } seed ? Permutation.Create(images.Length, seed, epoch) : null;
        LabelledImage[] order = places is null ? images : [.. places.Select(place => images[place])];
        return new ImageReader(order, places, classes, options, batchSize, dropRemainder);
    }
}
