using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>Runs an element-wise kernel over a flat range at the widest vectors of the process, then at narrower ones down to the last element.</summary>
internal static class Lanes
{
    /// <summary>Applies <paramref name="kernel"/> to the elements 0 to <paramref name="length"/> - 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TKernel>(TKernel kernel, nint length) where TKernel : struct, ILaneKernel
    {
        nint i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; i <= length - Vector512<float>.Count; i += Vector512<float>.Count)
                kernel.Apply<Lanes512>(i);
        }
        if (Vector256.IsHardwareAccelerated)
        {
            for (; i <= length - Vector256<float>.Count; i += Vector256<float>.Count)
                kernel.Apply<Lanes256>(i);
        }
        if (Vector128.IsHardwareAccelerated)
        {
            for (; i <= length - Vector128<float>.Count; i += Vector128<float>.Count)
                kernel.Apply<Lanes128>(i);
        }
        for (; i < length; i++)
            kernel.Apply<Lanes1>(i);
    }
}
