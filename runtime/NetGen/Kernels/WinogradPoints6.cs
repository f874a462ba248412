using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>The transform of the inputs that F(4,3) and F(2,5) share, as both interpolate at 0, 1, -1, 2, -2 and infinity.</summary>
internal static unsafe class WinogradPoints6
{
    /// <summary>From six inputs, a step apart, to as many factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes d0 = TLanes.Load(from), d1 = TLanes.Load(from + step), d2 = TLanes.Load(from + (2 * step));
        TLanes d3 = TLanes.Load(from + (3 * step)), d4 = TLanes.Load(from + (4 * step)), d5 = TLanes.Load(from + (5 * step));
        TLanes four = TLanes.Broadcast(4), minusFour = TLanes.Broadcast(-4), minusFive = TLanes.Broadcast(-5), two = TLanes.Broadcast(2);
        TLanes even = TLanes.MultiplyAdd(d2, minusFour, d4), odd = TLanes.MultiplyAdd(d1, minusFour, d3);
        TLanes near = d4 - d2, far = (d3 - d1) * two;
        TLanes.Store(TLanes.MultiplyAdd(d0, four, TLanes.MultiplyAdd(d2, minusFive, d4)), to);
        TLanes.Store(even + odd, to + stepTo);
        TLanes.Store(even - odd, to + (2 * stepTo));
        TLanes.Store(near + far, to + (3 * stepTo));
        TLanes.Store(near - far, to + (4 * stepTo));
        TLanes.Store(TLanes.MultiplyAdd(d1, four, TLanes.MultiplyAdd(d3, minusFive, d5)), to + (5 * stepTo));
    }
}
