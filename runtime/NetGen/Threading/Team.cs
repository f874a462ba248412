using System.ComponentModel;
using System.Globalization;

namespace NetGen;

/// <summary>
/// The threads that share the work of one network at a time. A job is one program that all parts run, the caller's thread being part 0.
/// Whoever finds the team busy works alone; nobody waits for it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class Team
{
    /// <summary>The environment variable that sets the size of <see cref="Shared"/>.</summary>
    public const string SizeVariable = "NETGEN_THREADS";

    private const int LargestSize = 1024;

    private static readonly Lock SharedGate = new();
    private static Team? shared;

    private readonly TeamWorker?[] workers;
    private readonly TeamBarrier barrier = new();

    // 1 where a part of the job at hand waits for whoever takes it first, so that it runs once even if its worker wakes up late, during a later job.
    private readonly PaddedInt[] offers;
    private ITeamJob? job;
    private int parts;
    private long leases;
    private long owner;

    internal Team(int size)
    {
        Size = size;
        workers = new TeamWorker?[size - 1];
        offers = new PaddedInt[size];
    }

    /// <summary>
    /// The team of the process, with as many threads as there are processors, or as the environment variable NETGEN_THREADS says.
    /// Its threads start with the first job that wants them.
    /// </summary>
    /// <exception cref="InvalidOperationException">NETGEN_THREADS is not a whole number from 1 to 1024.</exception>
    public static Team Shared => Volatile.Read(ref shared) ?? CreateShared();

    /// <summary>The number of threads, the caller's among them.</summary>
    public int Size { get; }

    /// <summary>Takes the team for one or more jobs, unless it is taken.</summary>
    /// <param name="threads">How many threads are wanted at most, at least 1.</param>
    /// <param name="lease">The right to run jobs until it is disposed; without the team, its jobs run on the caller's thread alone.</param>
    /// <returns>Whether there is more than one thread to work with.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="threads"/> is below 1.</exception>
    public bool TryAcquire(int threads, out TeamLease lease)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        lease = default;
        int count = Math.Min(threads, Size);
        if (count == 1 || Volatile.Read(ref owner) != 0)
            return false;
        long id = Interlocked.Increment(ref leases);
        if (Interlocked.CompareExchange(ref owner, id, 0) != 0)
            return false;
        lease = new TeamLease(this, id, count);
        return true;
    }

    internal static int ReadSize(string? text) =>
        string.IsNullOrEmpty(text) ? Math.Min(Environment.ProcessorCount, LargestSize)
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= LargestSize ? size
        : throw new InvalidOperationException(
            $"The environment variable {SizeVariable} is \"{text}\"; a whole number from 1 to {LargestSize} was expected.");

    internal void Run(long lease, ITeamJob program, int count)
    {
        ObjectDisposedException.ThrowIf(Volatile.Read(ref owner) != lease, typeof(TeamLease));
        for (int part = 1; part < count; part++)
            workers[part - 1] ??= new TeamWorker(this, part);
        job = program;
        parts = count;
        barrier.Begin(count);
        for (int part = 1; part < count; part++)
        {
            Volatile.Write(ref offers[part].Value, 1);
            workers[part - 1]!.Post();
        }
        try
        {
            RunPart(0);
            if (program.IsWithoutBarriers)
            {
                for (int part = 1; part < count; part++)
                    TakePart(part);
            }
        }
        finally
        {
            barrier.Join();
        }
    }

    /// <summary>Runs one part of the job at hand, unless another thread has taken it.</summary>
    internal void TakePart(int part)
    {
        if (Interlocked.Exchange(ref offers[part].Value, 0) == 1)
            RunPart(part);
    }

    /// <summary>Runs one part of the job at hand; what it throws is kept for the caller.</summary>
    private void RunPart(int part)
    {
        try
        {
            job!.Run(part, parts, barrier);
        }
        catch (Exception exception)
        {
            barrier.Fail(part, exception);
        }
        finally
        {
            barrier.Finish();
        }
    }

    internal void Release(long lease) => Interlocked.CompareExchange(ref owner, 0, lease);

    private static Team CreateShared()
    {
        lock (SharedGate)
            return shared ??= new Team(ReadSize(Environment.GetEnvironmentVariable(SizeVariable)));
    }
}
