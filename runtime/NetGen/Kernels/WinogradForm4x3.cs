using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>F(4,3): 6 products for what takes 12, with a larger error than F(2,3), as its factors are larger.</summary>
internal readonly unsafe struct WinogradForm4x3 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 4;

    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes> => WinogradPoints6.Input<TLanes>(from, step, to, stepTo);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes g0 = TLanes.Load(from), g1 = TLanes.Load(from + step), g2 = TLanes.Load(from + (2 * step));
        TLanes sixth = TLanes.Broadcast(-1 / 6f), outer = g0 + g2, spread = TLanes.MultiplyAdd(g0, TLanes.Broadcast(1 / 24f), g2 * TLanes.Broadcast(1 / 6f)), middle = g1 * TLanes.Broadcast(1 / 12f);
        TLanes.Store(g0 * TLanes.Broadcast(0.25f), to);
        TLanes.Store((outer + g1) * sixth, to + stepTo);
        TLanes.Store((outer - g1) * sixth, to + (2 * stepTo));
        TLanes.Store(spread + middle, to + (3 * stepTo));
        TLanes.Store(spread - middle, to + (4 * stepTo));
        TLanes.Store(g2, to + (5 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step)), m3 = TLanes.Load(from + (3 * step)), m4 = TLanes.Load(from + (4 * step));
        TLanes sum = m1 + m2, difference = m1 - m2, farSum = m3 + m4, farDifference = m3 - m4;
        TLanes.Store(TLanes.Load(from) + sum + farSum, to);
        TLanes.Store(TLanes.MultiplyAdd(farDifference, TLanes.Broadcast(2), difference), to + stepTo);
        TLanes.Store(TLanes.MultiplyAdd(farSum, TLanes.Broadcast(4), sum), to + (2 * stepTo));
        TLanes.Store(TLanes.MultiplyAdd(farDifference, TLanes.Broadcast(8), difference) + TLanes.Load(from + (5 * step)), to + (3 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes y0 = TLanes.Load(from), y1 = TLanes.Load(from + step), y2 = TLanes.Load(from + (2 * step)), y3 = TLanes.Load(from + (3 * step));
        TLanes even = y0 + y2, odd = y1 + y3, farEven = TLanes.MultiplyAdd(y2, TLanes.Broadcast(4), y0), farOdd = TLanes.MultiplyAdd(y3, TLanes.Broadcast(8), y1 * TLanes.Broadcast(2));
        TLanes.Store(y0, to);
        TLanes.Store(even + odd, to + stepTo);
        TLanes.Store(even - odd, to + (2 * stepTo));
        TLanes.Store(farEven + farOdd, to + (3 * stepTo));
        TLanes.Store(farEven - farOdd, to + (4 * stepTo));
        TLanes.Store(y3, to + (5 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step)), m3 = TLanes.Load(from + (3 * step)), m4 = TLanes.Load(from + (4 * step));
        TLanes near = (m1 + m2) * TLanes.Broadcast(-1 / 6f), far = m3 + m4;
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(from), TLanes.Broadcast(0.25f), TLanes.MultiplyAdd(far, TLanes.Broadcast(1 / 24f), near)), to);
        TLanes.Store(TLanes.MultiplyAdd(m2 - m1, TLanes.Broadcast(1 / 6f), (m3 - m4) * TLanes.Broadcast(1 / 12f)), to + stepTo);
        TLanes.Store(TLanes.MultiplyAdd(far, TLanes.Broadcast(1 / 6f), near) + TLanes.Load(from + (5 * step)), to + (2 * stepTo));
    }
}
