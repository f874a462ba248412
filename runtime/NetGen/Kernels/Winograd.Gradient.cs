using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

public static unsafe partial class Winograd
{
    /// <summary>
    /// The gradients of the products of rows by columns of tiles, from dY (height, width, channels), the tiles beginning at row <paramref name="top"/>: Q[k][tile][m],
    /// <paramref name="plane"/> floats from k to k, of <paramref name="count"/> channels from dY's first on. What a tile has beyond the map is zero.
    /// </summary>
    public static void OutputGradient2x3(ref float dy, ref float q, nint height, nint width, nint channels, nint top, nint count, nint rows, nint columns, nint plane) =>
        OutputGradient<WinogradForm2x3>(ref dy, ref q, new Map(height, width, channels), top, count, rows, columns, plane);

    /// <inheritdoc cref="OutputGradient2x3"/>
    public static void OutputGradient4x3(ref float dy, ref float q, nint height, nint width, nint channels, nint top, nint count, nint rows, nint columns, nint plane) =>
        OutputGradient<WinogradForm4x3>(ref dy, ref q, new Map(height, width, channels), top, count, rows, columns, plane);

    /// <inheritdoc cref="OutputGradient2x3"/>
    public static void OutputGradient2x5(ref float dy, ref float q, nint height, nint width, nint channels, nint top, nint count, nint rows, nint columns, nint plane) =>
        OutputGradient<WinogradForm2x5>(ref dy, ref q, new Map(height, width, channels), top, count, rows, columns, plane);

    /// <summary>
    /// Panels [start, end) of dW (taps,taps,channels,filters) from the gradients of its factors, U[group][chunk of channels][chunk of filters][k][c][m]: the groups are
    /// added in their order.
    /// </summary>
    public static void FilterGradient2x3(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end) =>
        FilterGradient<WinogradForm2x3>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, start, end);

    /// <inheritdoc cref="FilterGradient2x3"/>
    public static void FilterGradient4x3(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end) =>
        FilterGradient<WinogradForm4x3>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, start, end);

    /// <inheritdoc cref="FilterGradient2x3"/>
    public static void FilterGradient2x5(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end) =>
        FilterGradient<WinogradForm2x5>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, start, end);

    private static void OutputGradient<TForm>(ref float dy, ref float q, Map map, nint top, nint count, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref dy), to = (float*)Unsafe.AsPointer(ref q);
        if (Vector512.IsHardwareAccelerated) Tiles<OutputGradients<TForm>, Lanes512>(from, to, map, top, 0, count, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Tiles<OutputGradients<TForm>, Lanes256>(from, to, map, top, 0, count, rows, columns, plane, Vector256<float>.Count);
        else Tiles<OutputGradients<TForm>, Lanes128>(from, to, map, top, 0, count, rows, columns, plane, Vector128<float>.Count);
    }

    private static void FilterGradient<TForm>(ref float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref u), to = (float*)Unsafe.AsPointer(ref y);
        if (Vector512.IsHardwareAccelerated) FilterGradient<TForm, Lanes512>(from, to, channels, filters, groups, chunkC, chunkM, start, end, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) FilterGradient<TForm, Lanes256>(from, to, channels, filters, groups, chunkC, chunkM, start, end, Vector256<float>.Count);
        else FilterGradient<TForm, Lanes128>(from, to, channels, filters, groups, chunkC, chunkM, start, end, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FilterGradient<TForm, TLanes>(float* u, float* y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        const int Width = 32;
        int taps = TForm.Taps, factors = TForm.Outputs + taps - 1;
        nint plane = chunkC * chunkM, chunk = factors * factors * plane, chunksM = filters / chunkM, group = channels / chunkC * chunksM * chunk;
        float* sums = stackalloc float[MostFactors * MostLanes];
        float* half = stackalloc float[MostFactors * MostLanes];
        for (nint column = start * Width; column < Math.Min(filters, end * Width); column += Width)
        {
            nint width = Math.Min(Width, filters - column);
            float* panel = y + (column * taps * taps * channels);
            for (nint c = 0; c < channels; c++)
            {
                for (nint lane = 0; lane < width; lane += lanes)
                {
                    nint m = column + lane;
                    float* from = u + ((((c / chunkC) * chunksM) + (m / chunkM)) * chunk) + (c % chunkC * chunkM) + (m % chunkM);
                    for (int k = 0; k < factors * factors; k++)
                    {
                        TLanes sum = TLanes.Load(from + (k * plane));
                        for (nint g = 1; g < groups; g++)
                            sum += TLanes.Load(from + (g * group) + (k * plane));
                        TLanes.Store(sum, sums + (k * lanes));
                    }

                    for (int i = 0; i < factors; i++)
                        TForm.FilterGradient<TLanes>(sums + (i * lanes), factors * lanes, half + (i * lanes), factors * lanes);
                    for (int i = 0; i < taps; i++)
                        TForm.FilterGradient<TLanes>(half + (i * factors * lanes), lanes, panel + (((i * taps * channels) + c) * width) + lane, channels * width);
                }
            }
        }
    }
}
