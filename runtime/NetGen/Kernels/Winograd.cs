using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// What stands around the products of a 3x3 convolution by Winograd's minimal filtering, called by emitted code: the transforms of the map, the filter and
/// the result. Channels are a multiple of 16, and vectors run along them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Winograd
{
    private const int MostFactors = 36;
    private const int MostLanes = 16;

    /// <summary>
    /// The factors of rows by columns of tiles, from X at the first tile's first pixel: V[k][tile][c], <paramref name="plane"/> floats from k to k.
    /// </summary>
    public static void Input2(ref float x, ref float v, nint pitch, nint channels, nint rows, nint columns, nint plane) => Input<WinogradForm2>(ref x, ref v, pitch, channels, rows, columns, plane);

    /// <inheritdoc cref="Input2"/>
    public static void Input4(ref float x, ref float v, nint pitch, nint channels, nint rows, nint columns, nint plane) => Input<WinogradForm4>(ref x, ref v, pitch, channels, rows, columns, plane);

    /// <summary>
    /// The results of rows by columns of tiles from their products P[k][tile][m]: Y at the first tile's first pixel, of a map of <paramref name="width"/> columns
    /// that has <paramref name="height"/> rows left.
    /// </summary>
    public static void Output2(ref float p, ref float y, nint height, nint width, nint filters, nint rows, nint columns, nint plane) => Output<WinogradForm2>(ref p, ref y, height, width, filters, rows, columns, plane);

    /// <inheritdoc cref="Output2"/>
    public static void Output4(ref float p, ref float y, nint height, nint width, nint filters, nint rows, nint columns, nint plane) => Output<WinogradForm4>(ref p, ref y, height, width, filters, rows, columns, plane);

    /// <summary>Panels [start, end) of the filter X (3,3,channels,filters), in panels, as factors: Y[k] (channels,filters), each in panels.</summary>
    public static void Filter2(ref readonly float x, ref float y, nint channels, nint filters, nint start, nint end) => Filter<WinogradForm2>(ref Unsafe.AsRef(in x), ref y, channels, filters, start, end);

    /// <inheritdoc cref="Filter2"/>
    public static void Filter4(ref readonly float x, ref float y, nint channels, nint filters, nint start, nint end) => Filter<WinogradForm4>(ref Unsafe.AsRef(in x), ref y, channels, filters, start, end);

    private static void Input<TForm>(ref float x, ref float v, nint pitch, nint channels, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        // What a frame points to stays in place for the call.
        float* from = (float*)Unsafe.AsPointer(ref x), to = (float*)Unsafe.AsPointer(ref v);
        if (Vector512.IsHardwareAccelerated) Input<TForm, Lanes512>(from, to, pitch, channels, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Input<TForm, Lanes256>(from, to, pitch, channels, rows, columns, plane, Vector256<float>.Count);
        else Input<TForm, Lanes128>(from, to, pitch, channels, rows, columns, plane, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Input<TForm, TLanes>(float* x, float* v, nint pitch, nint channels, nint rows, nint columns, nint plane, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        int outputs = TForm.Outputs, factors = outputs + 2;
        float* half = stackalloc float[MostFactors * MostLanes];
        for (nint row = 0; row < rows; row++)
        {
            for (nint column = 0; column < columns; column++)
            {
                float* tile = x + (row * outputs * pitch) + (column * outputs * channels);
                float* to = v + (((row * columns) + column) * channels);
                for (nint c = 0; c < channels; c += lanes)
                {
                    for (int i = 0; i < factors; i++)
                        TForm.Input<TLanes>(tile + (i * channels) + c, pitch, half + (i * lanes), factors * lanes);
                    for (int i = 0; i < factors; i++)
                        TForm.Input<TLanes>(half + (i * factors * lanes), lanes, to + (i * factors * plane) + c, plane);
                }
            }
        }
    }

    private static void Output<TForm>(ref float p, ref float y, nint height, nint width, nint filters, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref p), to = (float*)Unsafe.AsPointer(ref y);
        if (Vector512.IsHardwareAccelerated) Output<TForm, Lanes512>(from, to, height, width, filters, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Output<TForm, Lanes256>(from, to, height, width, filters, rows, columns, plane, Vector256<float>.Count);
        else Output<TForm, Lanes128>(from, to, height, width, filters, rows, columns, plane, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Output<TForm, TLanes>(float* p, float* y, nint height, nint width, nint filters, nint rows, nint columns, nint plane, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        int outputs = TForm.Outputs, factors = outputs + 2;
        float* half = stackalloc float[MostFactors * MostLanes];
        float* result = stackalloc float[MostFactors * MostLanes];
        for (nint row = 0; row < rows; row++)
        {
            nint validRows = Math.Min(outputs, height - (row * outputs));
            for (nint column = 0; column < columns; column++)
            {
                nint validColumns = Math.Min(outputs, width - (column * outputs));
                bool isWhole = validColumns == outputs;
                float* tile = p + (((row * columns) + column) * filters);
                float* to = y + (((row * outputs * width) + (column * outputs)) * filters);
                for (nint m = 0; m < filters; m += lanes)
                {
                    for (int i = 0; i < factors; i++)
                        TForm.Output<TLanes>(tile + (i * plane) + m, factors * plane, half + (i * lanes), factors * lanes);
                    for (int i = 0; i < validRows; i++)
                    {
                        float* at = to + (i * width * filters) + m;
                        if (isWhole)
                        {
                            TForm.Output<TLanes>(half + (i * factors * lanes), lanes, at, filters);
                            continue;
                        }

                        TForm.Output<TLanes>(half + (i * factors * lanes), lanes, result, lanes);
                        for (nint j = 0; j < validColumns; j++)
                            TLanes.Store(TLanes.Load(result + (j * lanes)), at + (j * filters));
                    }
                }
            }
        }
    }

    private static void Filter<TForm>(ref float x, ref float y, nint channels, nint filters, nint start, nint end)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref x), to = (float*)Unsafe.AsPointer(ref y);
        if (Vector512.IsHardwareAccelerated) Filter<TForm, Lanes512>(from, to, channels, filters, start, end, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Filter<TForm, Lanes256>(from, to, channels, filters, start, end, Vector256<float>.Count);
        else Filter<TForm, Lanes128>(from, to, channels, filters, start, end, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Filter<TForm, TLanes>(float* x, float* y, nint channels, nint filters, nint start, nint end, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        const int Taps = 3, Width = 32;
        int factors = TForm.Outputs + 2;
        nint plane = channels * filters;
        float* half = stackalloc float[MostFactors * MostLanes];
        for (nint column = start * Width; column < Math.Min(filters, end * Width); column += Width)
        {
            nint width = Math.Min(Width, filters - column);
            float* panel = x + (column * Taps * Taps * channels);
            float* to = y + (column * channels);
            for (nint at = 0; at < channels * width; at += lanes)
            {
                for (int i = 0; i < Taps; i++)
                    TForm.Filter<TLanes>(panel + (i * channels * width) + at, Taps * channels * width, half + (i * lanes), Taps * lanes);
                for (int i = 0; i < factors; i++)
                    TForm.Filter<TLanes>(half + (i * Taps * lanes), lanes, to + (i * factors * plane) + at, plane);
            }
        }
    }
}
