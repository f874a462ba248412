namespace NetGen;

/// <summary>What can be put around any data source.</summary>
public static class DataSourceExtensions
{
    /// <summary>Reads ahead: a background thread fills the next batches while the trainer works on the present one.</summary>
    /// <param name="source">The source to read ahead of. Its readers are used by the background thread only.</param>
    /// <param name="batches">How many batches are kept ready, at least 1.</param>
    /// <returns>A source with the same samples in the same order.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batches"/> is below 1.</exception>
    /// <remarks>An exception of the source surfaces where the batch is read, after the batches before it. Disposing the reader ends the
    /// thread; it waits for a
    /// batch that is being filled.</remarks>
    public static IDataSource Prefetch(this IDataSource source, int batches = 2)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return new PrefetchSource(source, batches);
    }

    /// <summary>
    /// Blends each sample of a batch with another one of it, inputs and labels alike: w x + (1 - w) x', with w of the distribution Beta(alpha, alpha), one of each batch. It is for training;
    /// validate on data that is not mixed. Zhang, Cisse, Dauphin, Lopez-Paz: "mixup: beyond empirical risk minimization", 2018; Keras's MixUp.
    /// </summary>
    /// <param name="source">Samples with one-hot labels, or with other targets of which a mixture means something. Weights of samples stay as they are.</param>
    /// <param name="alpha">How much is blended, above 0: near 0 hardly anything, with 1 all shares are alike.</param>
    /// <param name="seed">What is drawn is a pure function of the seed, the epoch and the place of the batch in it, so that a run goes on from a checkpoint with the same bits.</param>
    /// <returns>A source with as many samples.</returns>
    /// <exception cref="ArgumentException">There is no target, one holds integers (<see cref="Dataset.ToCategorical"/> makes vectors of them), an input holds integers, or something is a sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="alpha"/> is not a finite number above 0.</exception>
    public static IDataSource MixUp(this IDataSource source, double alpha = 0.2, ulong seed = 0) => new MixUpSource(source, alpha, seed);

    /// <summary>
    /// Replaces a rectangle of each image of a batch by the same of another one; labels are blended by the areas. The share w of the image itself is of the distribution Beta(a, a), the
    /// rectangle's sides are sqrt(1 - w) of the image's, and its place is random. It is for training; validate on data that is not mixed. Yun et al.: "CutMix: regularization strategy to train
    /// strong classifiers with localizable features", 2019; Keras's CutMix.
    /// </summary>
    /// <param name="source">Images (height, width, channels), all of one size, with one-hot labels. Targets that are maps of that size are cut as the images are. Weights of samples stay as they are.</param>
    /// <param name="factor">The limit of a, which is drawn for each batch from 0 to it; from 0 to 1.</param>
    /// <param name="seed">What is drawn is a pure function of the seed, the epoch and the place of the batch in it, so that a run goes on from a checkpoint with the same bits.</param>
    /// <returns>A source with as many samples.</returns>
    /// <exception cref="ArgumentException">An input is no image, there is no target, one holds integers (<see cref="Dataset.ToCategorical"/> makes vectors of them), or something is a sequence.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is not from 0 to 1.</exception>
    public static IDataSource CutMix(this IDataSource source, double factor = 1, ulong seed = 0) => new CutMixSource(source, (0, factor), seed);

    /// <inheritdoc cref="CutMix(IDataSource, double, ulong)"/>
    /// <param name="source">Images (height, width, channels), all of one size, with one-hot labels. Targets that are maps of that size are cut as the images are. Weights of samples stay as they are.</param>
    /// <param name="factor">The limits of a, which is drawn for each batch between them; from 0 to 1.</param>
    /// <param name="seed">What is drawn is a pure function of the seed, the epoch and the place of the batch in it, so that a run goes on from a checkpoint with the same bits.</param>
    public static IDataSource CutMix(this IDataSource source, (double Lower, double Upper) factor, ulong seed = 0) => new CutMixSource(source, factor, seed);
}
