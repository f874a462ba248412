using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Runs an element-wise kernel over a flat range at the widest vectors of the process, then at narrower ones down to the last element.</summary>
internal static class Lanes
{
    /// <summary>Applies <paramref name="kernel"/> to the elements 0 to <paramref name="length"/> - 1.</summary>
    internal static void Run<TKernel>(TKernel kernel, nint length) where TKernel : struct, ILaneKernel
    {
        nint done = 0;
        if (Vector512.IsHardwareAccelerated)
            done = Loop<TKernel, Lanes512>(kernel, done, length, Vector512<float>.Count);
        if (Vector256.IsHardwareAccelerated)
            done = Loop<TKernel, Lanes256>(kernel, done, length, Vector256<float>.Count);
        if (Vector128.IsHardwareAccelerated)
            done = Loop<TKernel, Lanes128>(kernel, done, length, Vector128<float>.Count);
        Loop<TKernel, Lanes1>(kernel, done, length, 1);
    }

    // The JIT inlines into a method only so much, and a caller into which this loop is inlined has used some of it up: operations on lanes were calls then, and an update took several times as long.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static nint Loop<TKernel, TLanes>(TKernel kernel, nint done, nint length, int width)
        where TKernel : struct, ILaneKernel
        where TLanes : struct, ILanes<TLanes>
    {
        for (; done <= length - width; done += width)
            kernel.Apply<TLanes>(done);
        return done;
    }
}
