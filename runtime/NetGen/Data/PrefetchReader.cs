using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>
/// A bounded queue of batches between a background thread, which fills them, and the caller, who exchanges a full one for his own without a
/// copy.
/// </summary>
internal sealed class PrefetchReader : BatchReader
{
    private readonly BatchReader inner;
    private readonly Batch[] ring;
    private readonly Thread thread;
    private readonly object gate = new();
    private int first;
    private int filled;
    private bool ended;
    private bool disposed;
    private ExceptionDispatchInfo? failure;

    internal PrefetchReader(BatchReader inner, Batch[] ring)
    {
        this.inner = inner;
        this.ring = ring;
        thread = new Thread(Fill) { IsBackground = true, Name = "NetGen prefetch" };
        thread.Start();
    }

    public override bool TryRead(Batch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        if (!batch.HasLayoutOf(ring[0]))
        {
            throw new ArgumentException(
                $"The batch was made for another source or has not the capacity {ring[0].Capacity}.", nameof(batch));
        }

        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            while (filled == 0)
            {
                failure?.Throw();
                if (ended) return false;
                ObjectDisposedException.ThrowIf(disposed, this);
                Monitor.Wait(gate);
            }

            batch.Swap(ring[first]);
            first = (first + 1) % ring.Length;
            filled--;
            Monitor.PulseAll(gate);
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
        {
            if (disposed) return;
            disposed = true;
            Monitor.PulseAll(gate);
        }

        thread.Join();
        inner.Dispose();
    }

    private void Fill()
    {
        try
        {
            while (WaitForRoom() is { } batch)
            {
                bool read = inner.TryRead(batch);
                lock (gate)
                {
                    if (read) filled++;
                    else ended = true;
                    Monitor.PulseAll(gate);
                    if (!read) return;
                }
            }
        }
        catch (Exception exception)
        {
            // Whatever the source or a map of the user throws belongs to the thread that reads.
            lock (gate)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
                Monitor.PulseAll(gate);
            }
        }
    }

    private Batch? WaitForRoom()
    {
        lock (gate)
        {
            while (filled == ring.Length && !disposed) Monitor.Wait(gate);
            return disposed ? null : ring[(first + filled) % ring.Length];
        }
    }
}
