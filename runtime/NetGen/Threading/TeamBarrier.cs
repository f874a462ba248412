using System.ComponentModel;
using System.Runtime.ExceptionServices;

namespace NetGen;

/// <summary>The barrier of a team: every part waits until all have come. A part that fails releases the others with an exception.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TeamBarrier
{
    private readonly object gate = new();
    private PaddedInt epoch, arrived, finished;
    private int parts = 1;
    private int parked;
    private bool isPoisoned;
    private int failedPart;
    private Exception? failure;

    internal TeamBarrier()
    {
    }

    /// <summary>What is left of the parts' shares of the step before the next barrier.</summary>
    internal TeamShares Shares { get; } = new();

    /// <summary>The barrier of a job that runs alone.</summary>
    internal static TeamBarrier Alone { get; } = new();

    /// <summary>
    /// Waits until every part has called this as many times. What a part wrote before, every part can read behind. With one part, does nothing.
    /// </summary>
    /// <exception cref="InvalidOperationException">A part has ended its job without coming here: nobody would ever be released.</exception>
    public void Sync()
    {
        if (parts == 1)
            return;
        int current = Volatile.Read(ref epoch.Value);
        if (Interlocked.Increment(ref arrived.Value) == parts)
        {
            arrived.Value = 0;
            // The exchange is a full fence: whoever parks reads the new epoch, or is seen by the wake-up.
            Interlocked.Exchange(ref epoch.Value, current + 1);
            WakeParked();
        }
        else if (!SpinPause.UntilNot(ref epoch.Value, current))
        {
            Park(current);
        }
    }

    /// <summary>Readies the barrier for a job, while no part is running.</summary>
    internal void Begin(int count)
    {
        parts = count;
        arrived.Value = 0;
        finished.Value = 0;
        failure = null;
        isPoisoned = false;
        Shares.Begin(count);
    }

    /// <summary>Ends one part.</summary>
    internal void Finish()
    {
        Interlocked.Increment(ref finished.Value);
        WakeParked();
    }

    /// <summary>Keeps the failure of the lowest part that failed of itself, and releases all that wait.</summary>
    internal void Fail(int part, Exception exception)
    {
        lock (gate)
        {
            if (exception is not AbandonedException && (failure is null || part < failedPart))
                (failure, failedPart) = (exception, part);
            isPoisoned = true;
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>Waits until every part has ended, and throws what one of them has thrown.</summary>
    internal void Join()
    {
        bool isInterrupted = false;
        while (true)
        {
            int count = Volatile.Read(ref finished.Value);
            if (count == parts)
                break;
            if (SpinPause.UntilNot(ref finished.Value, count))
                continue;
            try
            {
                ParkUntilFinished();
            }
            catch (ThreadInterruptedException)
            {
                // The other parts still work on the caller's memory, so the interruption has to wait.
                isInterrupted = true;
            }
        }
        if (isInterrupted)
            Thread.CurrentThread.Interrupt();
        if (failure is { } exception)
        {
            failure = null;
            ExceptionDispatchInfo.Throw(exception);
        }
    }

    private void Park(int current)
    {
        lock (gate)
        {
            Interlocked.Increment(ref parked);
            try
            {
                while (Volatile.Read(ref epoch.Value) == current && !isPoisoned && Volatile.Read(ref finished.Value) == 0)
                    Monitor.Wait(gate);
            }
            finally
            {
                Interlocked.Decrement(ref parked);
            }
            // Whoever was already released goes on, also beside a failure, so that the lowest failing part is always the same one.
            if (Volatile.Read(ref epoch.Value) != current)
                return;
            if (isPoisoned)
                throw new AbandonedException();
            // A part that has ended passed its barriers before, so the epoch cannot move any more.
            throw new InvalidOperationException("A part of the job has ended while another waits at a barrier.");
        }
    }

    private void ParkUntilFinished()
    {
        lock (gate)
        {
            Interlocked.Increment(ref parked);
            try
            {
                while (Volatile.Read(ref finished.Value) != parts)
                    Monitor.Wait(gate);
            }
            finally
            {
                Interlocked.Decrement(ref parked);
            }
        }
    }

    private void WakeParked()
    {
        if (Volatile.Read(ref parked) == 0)
            return;
        lock (gate)
            Monitor.PulseAll(gate);
    }

    /// <summary>Unwinds a part because another one has failed; it never leaves the team.</summary>
    private sealed class AbandonedException : Exception;
}
