using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

/// <summary>How long a thread of a team spins before it parks.</summary>
internal static class SpinPause
{
    // About 20 to 100 microseconds, longer than the gaps between the kernels of a network; a lone processor has nobody to spin for.
    private static readonly int Spins = Environment.ProcessorCount > 1 ? 2000 : 0;

    /// <summary>Spins until the number differs from a value.</summary>
    /// <returns>False if it still has that value and the time is up.</returns>
    public static bool UntilNot(ref int number, int value)
    {
        for (int spin = 0; spin < Spins; spin++)
        {
            if (Volatile.Read(ref number) != value)
                return true;
            Once();
        }
        return Volatile.Read(ref number) != value;
    }

    /// <summary>Tells the processor that this thread waits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Once()
    {
        if (X86Base.IsSupported)
            X86Base.Pause();
        else
            Thread.SpinWait(1);
    }
}
