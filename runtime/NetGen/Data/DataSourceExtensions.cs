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
}
