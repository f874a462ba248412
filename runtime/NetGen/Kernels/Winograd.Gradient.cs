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
    /// Chunks [start, end) of dW (taps,taps,channels,filters), which lies in panels, from the gradients of its factors, U[group][chunk of channels][chunk of filters][k][c][m]: the
    /// groups are added in their order.
    /// </summary>
    public static void FilterGradient2x3(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end)
    {
        for (nint chunk = start; chunk < end; chunk++)
            FilterGradient<WinogradForm2x3>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, chunk, chunk);
    }

    /// <inheritdoc cref="FilterGradient2x3"/>
    public static void FilterGradient4x3(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end)
    {
        for (nint chunk = start; chunk < end; chunk++)
            FilterGradient<WinogradForm4x3>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, chunk, chunk);
    }

    /// <inheritdoc cref="FilterGradient2x3"/>
    public static void FilterGradient2x5(ref readonly float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint start, nint end)
    {
        for (nint chunk = start; chunk < end; chunk++)
            FilterGradient<WinogradForm2x5>(ref Unsafe.AsRef(in u), ref y, channels, filters, groups, chunkC, chunkM, chunk, chunk);
    }

    /// <summary>A chunk of dW, as <see cref="FilterGradient2x3"/> gives it, from the gradients of its factors alone: U[k][c][m].</summary>
    public static void FilterGradientOfChunk2x3(ref float u, ref float y, nint channels, nint filters, nint chunkC, nint chunkM, nint chunk) =>
        FilterGradient<WinogradForm2x3>(ref u, ref y, channels, filters, 1, chunkC, chunkM, 0, chunk);

    /// <inheritdoc cref="FilterGradientOfChunk2x3"/>
    public static void FilterGradientOfChunk4x3(ref float u, ref float y, nint channels, nint filters, nint chunkC, nint chunkM, nint chunk) =>
        FilterGradient<WinogradForm4x3>(ref u, ref y, channels, filters, 1, chunkC, chunkM, 0, chunk);

    /// <inheritdoc cref="FilterGradientOfChunk2x3"/>
    public static void FilterGradientOfChunk2x5(ref float u, ref float y, nint channels, nint filters, nint chunkC, nint chunkM, nint chunk) =>
        FilterGradient<WinogradForm2x5>(ref u, ref y, channels, filters, 1, chunkC, chunkM, 0, chunk);

    private static void OutputGradient<TForm>(ref float dy, ref float q, Map map, nint top, nint count, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref dy), to = (float*)Unsafe.AsPointer(ref q);
        if (Vector512.IsHardwareAccelerated) Tiles<OutputGradients<TForm>, Lanes512>(from, to, map, top, 0, count, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Tiles<OutputGradients<TForm>, Lanes256>(from, to, map, top, 0, count, rows, columns, plane, Vector256<float>.Count);
        else Tiles<OutputGradients<TForm>, Lanes128>(from, to, map, top, 0, count, rows, columns, plane, Vector128<float>.Count);
    }

    /// <summary>The chunk of dW at one place from that of U at another.</summary>
    private static void FilterGradient<TForm>(ref float u, ref float y, nint channels, nint filters, nint groups, nint chunkC, nint chunkM, nint from, nint to)
        where TForm : struct, IWinogradForm
    {
        nint factors = TForm.Outputs + TForm.Taps - 1, length = factors * factors * chunkC * chunkM, chunksM = filters / chunkM, group = channels / chunkC * chunksM * length;
        float* source = (float*)Unsafe.AsPointer(ref u) + (from * length), target = (float*)Unsafe.AsPointer(ref y);
        Chunk chunk = new(channels, filters, to / chunksM * chunkC, to % chunksM * chunkM, chunkC, chunkM);
        if (Vector512.IsHardwareAccelerated) FilterGradient<TForm, Lanes512>(source, target, chunk, groups, group, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) FilterGradient<TForm, Lanes256>(source, target, chunk, groups, group, Vector256<float>.Count);
        else FilterGradient<TForm, Lanes128>(source, target, chunk, groups, group, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FilterGradient<TForm, TLanes>(float* u, float* y, Chunk chunk, nint groups, nint group, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        const int Width = 32;
        int taps = TForm.Taps, factors = TForm.Outputs + taps - 1;
        nint plane = chunk.CountC * chunk.CountM;
        float* sums = stackalloc float[MostFactors * MostLanes];
        float* half = stackalloc float[MostFactors * MostLanes];
        for (nint c = 0; c < chunk.CountC; c++)
        {
            for (nint m = 0; m < chunk.CountM; m += lanes)
            {
                float* from = u + (c * chunk.CountM) + m;
                for (int k = 0; k < factors * factors; k++)
                {
                    TLanes sum = TLanes.Load(from + (k * plane));
                    for (nint g = 1; g < groups; g++)
                        sum += TLanes.Load(from + (g * group) + (k * plane));
                    TLanes.Store(sum, sums + (k * lanes));
                }

                nint lane = (chunk.M + m) % Width, column = chunk.M + m - lane, width = Math.Min(Width, chunk.Filters - column);
                float* to = y + (column * taps * taps * chunk.Channels) + ((chunk.C + c) * width) + lane;
                for (int i = 0; i < factors; i++)
                    TForm.FilterGradient<TLanes>(sums + (i * lanes), factors * lanes, half + (i * lanes), factors * lanes);
                for (int i = 0; i < taps; i++)
                    TForm.FilterGradient<TLanes>(half + (i * factors * lanes), lanes, to + (i * taps * chunk.Channels * width), chunk.Channels * width);
            }
        }
    }

    /// <summary>Some channels and filters of a filter.</summary>
    private readonly record struct Chunk(nint Channels, nint Filters, nint C, nint M, nint CountC, nint CountM);
}
