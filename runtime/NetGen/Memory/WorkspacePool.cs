using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Keeps the workspaces of calls that have ended for those to come, without locks: one slot that a single caller always hits, then a few
/// more for concurrent ones. Once there are as many workspaces as calls at the same time, nothing is allocated.
/// </summary>
/// <typeparam name="T">The workspace.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WorkspacePool<T> where T : class
{
    private readonly T?[] others = new T?[Math.Max(32, 2 * Environment.ProcessorCount)];
    private T? first;

    /// <summary>Takes a workspace out of the pool; null if there is none, and the caller makes one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T? TryRent() => Interlocked.Exchange(ref first, null) ?? TryRentOther();

    /// <summary>Puts a workspace back, be it rented or new; if the pool is full it is left to the garbage collector.</summary>
    /// <param name="workspace">The workspace, which the caller no longer uses.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Return(T workspace)
    {
        T? evicted = Interlocked.Exchange(ref first, workspace);
        if (evicted is not null)
            ReturnOther(evicted);
    }

    private T? TryRentOther()
    {
        foreach (ref T? slot in others.AsSpan())
        {
            if (Volatile.Read(ref slot) is not null && Interlocked.Exchange(ref slot, null) is { } workspace)
                return workspace;
        }
        return null;
    }

    private void ReturnOther(T workspace)
    {
        foreach (ref T? slot in others.AsSpan())
        {
            if (Volatile.Read(ref slot) is null && Interlocked.CompareExchange(ref slot, workspace, null) is null)
                return;
        }
    }
}
