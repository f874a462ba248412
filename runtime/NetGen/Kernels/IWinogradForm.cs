using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// The three transforms of Winograd's minimal filtering F(m,3) along one axis: of the m + 2 inputs of a tile, of the three taps of the filter, and from the
/// products to the m outputs (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015). Two axes are one after the other.
/// </summary>
internal unsafe interface IWinogradForm
{
    /// <summary>m, the outputs of a tile along an axis.</summary>
    static abstract int Outputs { get; }

    /// <summary>From m + 2 inputs, a step apart, to as many factors.</summary>
    static abstract void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From three taps, a step apart, to m + 2 factors.</summary>
    static abstract void Filter<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From m + 2 products, a step apart, to m outputs.</summary>
    static abstract void Output<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;
}

/// <summary>F(2,3): 4 products for what takes 6.</summary>
internal readonly unsafe struct WinogradForm2 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 2;

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
}

/// <summary>F(4,3): 6 products for what takes 12, with a larger error than F(2,3), as its factors are larger.</summary>
internal readonly unsafe struct WinogradForm4 : IWinogradForm
{
    /// <inheritdoc/>
    public static int Outputs => 4;

    /// <inheritdoc/>
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
}
