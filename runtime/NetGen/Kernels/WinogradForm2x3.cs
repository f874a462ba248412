using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>F(2,3): 4 products for what takes 6.</summary>
internal readonly unsafe struct WinogradForm2x3 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 2;

    /// <inheritdoc/>
    public static int Taps => 3;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes d0 = TLanes.Load(from), d1 = TLanes.Load(from + step), d2 = TLanes.Load(from + (2 * step)), d3 = TLanes.Load(from + (3 * step));
        TLanes.Store(d0 - d2, to);
        TLanes.Store(d1 + d2, to + stepTo);
        TLanes.Store(d2 - d1, to + (2 * stepTo));
        TLanes.Store(d1 - d3, to + (3 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Filter<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes g0 = TLanes.Load(from), g1 = TLanes.Load(from + step), g2 = TLanes.Load(from + (2 * step)), half = TLanes.Broadcast(0.5f);
        TLanes.Store(g0, to);
        TLanes.Store((g0 + g2 + g1) * half, to + stepTo);
        TLanes.Store((g0 + g2 - g1) * half, to + (2 * stepTo));
        TLanes.Store(g2, to + (3 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Output<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step));
        TLanes.Store(TLanes.Load(from) + m1 + m2, to);
        TLanes.Store(m1 - m2 - TLanes.Load(from + (3 * step)), to + stepTo);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void OutputGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes y0 = TLanes.Load(from), y1 = TLanes.Load(from + step);
        TLanes.Store(y0, to);
        TLanes.Store(y0 + y1, to + stepTo);
        TLanes.Store(y0 - y1, to + (2 * stepTo));
        TLanes.Store(TLanes.Broadcast(0) - y1, to + (3 * stepTo));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void FilterGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes m1 = TLanes.Load(from + step), m2 = TLanes.Load(from + (2 * step)), half = TLanes.Broadcast(0.5f);
        TLanes sum = (m1 + m2) * half;
        TLanes.Store(TLanes.Load(from) + sum, to);
        TLanes.Store((m1 - m2) * half, to + stepTo);
        TLanes.Store(sum + TLanes.Load(from + (3 * step)), to + (2 * stepTo));
    }
}
