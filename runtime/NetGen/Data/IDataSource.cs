namespace NetGen;

/// <summary>
/// Where a trainer takes its samples from: an in-memory <see cref="Dataset"/>, a prefetched one, or a stream of the user's own.
/// One epoch is one <see cref="BatchReader"/>.
/// </summary>
public interface IDataSource
{
    /// <summary>The number of samples in an epoch, or null where it is not known beforehand.</summary>
    long? SampleCount { get; }

    /// <summary>Name, sample shape and element type of each input, in the order of <see cref="Batch.Input"/>.</summary>
    IReadOnlyList<TensorInfo> Inputs { get; }

    /// <summary>Name, sample shape and element type of each target, in the order of <see cref="Batch.Target"/>; empty if there are
    /// none.</summary>
    IReadOnlyList<TensorInfo> Targets { get; }

    /// <summary>Whether the samples carry weights.</summary>
    bool HasSampleWeights { get; }

    /// <summary>
    /// Whether the inputs of a sample are the same in every epoch, so that a trainer may keep what the frozen part of a network makes of them; false where they are augmented at random,
    /// and unless a source says otherwise.
    /// </summary>
    bool RepeatsInputs => false;

    /// <summary>Opens one epoch.</summary>
    /// <param name="batchSize">The number of samples in a batch.</param>
    /// <param name="shuffleSeed">Null reads in the stored order; a seed reads in an order that is a pure function of the seed and the
    /// epoch.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="dropRemainder">Whether a last batch of fewer than <paramref name="batchSize"/> samples is left out.</param>
    /// <returns>A reader at the first batch; the caller disposes it.</returns>
    BatchReader CreateReader(int batchSize, ulong? shuffleSeed = null, int epoch = 0, bool dropRemainder = false);
}
