using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>F(2,5): 6 products for what takes 10.</summary>
internal readonly unsafe struct WinogradForm2x5 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 2;

    /// <inheritdoc/>
    public static int Taps => 5;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes> => WinogradPoints6.Input<TLanes>(from, step, to, stepTo);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes g0 = TLanes.Load(from), g1 = TLanes.Load(from + step), g2 = TLanes.Load(from + (2 * step)), g3 = TLanes.Load(from + (3 * step)), g4 = TLanes.Load(from + (4 * step));
        TLanes sixth = TLanes.Broadcast(-1 / 6f), even = g0 + g2 + g4, odd = g1 + g3;
        TLanes farEven = TLanes.MultiplyAdd(g0, TLanes.Broadcast(1 / 24f), TLanes.MultiplyAdd(g2, TLanes.Broadcast(1 / 6f), g4 * TLanes.Broadcast(2 / 3f)));
        TLanes farOdd = TLanes.MultiplyAdd(g1, TLanes.Broadcast(1 / 12f), g3 * TLanes.Broadcast(1 / 3f));
        TLanes.Store(g0 * TLanes.Broadcast(0.25f), to);
        TLanes.Store((even + odd) * sixth, to + stepTo);
        TLanes.Store((even - odd) * sixth, to + (2 * stepTo));
        TLanes.Store(farEven + farOdd, to + (3 * stepTo));
        TLanes.Store(farEven - farOdd, to + (4 * stepTo));
        TLanes.Store(g4, to + (5 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step)), m3 = TLanes.Load(from + (3 * step)), m4 = TLanes.Load(from + (4 * step));
        TLanes.Store(TLanes.Load(from) + (m1 + m2) + (m3 + m4), to);
        TLanes.Store(TLanes.MultiplyAdd(m3 - m4, TLanes.Broadcast(2), m1 - m2) + TLanes.Load(from + (5 * step)), to + stepTo);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes y0 = TLanes.Load(from), y1 = TLanes.Load(from + step), twice = y1 + y1;
        TLanes.Store(y0, to);
        TLanes.Store(y0 + y1, to + stepTo);
        TLanes.Store(y0 - y1, to + (2 * stepTo));
        TLanes.Store(y0 + twice, to + (3 * stepTo));
        TLanes.Store(y0 - twice, to + (4 * stepTo));
        TLanes.Store(y1, to + (5 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step)), m3 = TLanes.Load(from + (3 * step)), m4 = TLanes.Load(from + (4 * step));
        TLanes near = (m1 + m2) * TLanes.Broadcast(-1 / 6f), nearOdd = (m2 - m1) * TLanes.Broadcast(1 / 6f), far = m3 + m4, farOdd = m3 - m4;
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(from), TLanes.Broadcast(0.25f), TLanes.MultiplyAdd(far, TLanes.Broadcast(1 / 24f), near)), to);
        TLanes.Store(TLanes.MultiplyAdd(farOdd, TLanes.Broadcast(1 / 12f), nearOdd), to + stepTo);
        TLanes.Store(TLanes.MultiplyAdd(far, TLanes.Broadcast(1 / 6f), near), to + (2 * stepTo));
        TLanes.Store(TLanes.MultiplyAdd(farOdd, TLanes.Broadcast(1 / 3f), nearOdd), to + (3 * stepTo));
        TLanes.Store(TLanes.MultiplyAdd(far, TLanes.Broadcast(2 / 3f), near) + TLanes.Load(from + (5 * step)), to + (4 * stepTo));
    }
}
