namespace NetGen.Tests;

/// <summary>What code allocates on its thread.</summary>
internal static class Allocations
{
    private const int Attempts = 10;

    /// <summary>
    /// The bytes that an action allocates, once warm: the least of some attempts, as a garbage collection that another thread's allocations cause counts the unused rest
    /// of this thread's allocation block as allocated.
    /// </summary>
    public static long Of(Action action) => Of(static () => { }, action);

    /// <summary>As <see cref="Of(Action)"/>, where each attempt needs a preparation that does not count.</summary>
    public static long Of(Action prepare, Action action)
    {
        prepare();
        action();
        long least = long.MaxValue;
        for (int i = 0; i < Attempts && least > 0; i++)
        {
            prepare();
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
