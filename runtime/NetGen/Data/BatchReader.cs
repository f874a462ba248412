namespace NetGen;

/// <summary>Reads the batches of one epoch in order. A reader is used by one thread at a time.</summary>
public abstract class BatchReader : IDisposable
{
    /// <summary>Fills <paramref name="batch"/> with the next samples and sets its <see cref="Batch.Count"/>.</summary>
    /// <param name="batch">A batch made for the same source, with room for the reader's batch size.</param>
    /// <returns>False at the end of the epoch; the batch is then unspecified.</returns>
    /// <exception cref="ArgumentException">The batch has another layout or too little room.</exception>
    public abstract bool TryRead(Batch batch);

    /// <summary>Ends the epoch, also before its last batch.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Releases what the reader holds.</summary>
    /// <param name="disposing">Always true; there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
    }
}
