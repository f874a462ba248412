using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// What stands around the products of a convolution by Winograd's minimal filtering, called by emitted code: the transforms of the map, the filter and the
/// result, and those of the filter's gradient. A name ends in the outputs of a tile and the taps of the filter along an axis. Channels are a multiple of 16, and vectors
/// run along them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Winograd
{
    private const int MostFactors = 36;
    private const int MostLanes = 16;

    /// <summary>
    /// The factors of rows by columns of tiles: V[k][tile][c], <paramref name="plane"/> floats from k to k, of <paramref name="count"/> channels from X's first on. X is a
    /// map (height, width, channels), around which there are zeros; the first tile begins at (<paramref name="top"/>, <paramref name="left"/>).
    /// </summary>
    public static void Input2x3(ref float x, ref float v, nint height, nint width, nint channels, nint top, nint left, nint count, nint rows, nint columns, nint plane) =>
        Input<WinogradForm2x3>(ref x, ref v, new Map(height, width, channels), top, left, count, rows, columns, plane);

    /// <inheritdoc cref="Input2x3"/>
    public static void Input4x3(ref float x, ref float v, nint height, nint width, nint channels, nint top, nint left, nint count, nint rows, nint columns, nint plane) =>
        Input<WinogradForm4x3>(ref x, ref v, new Map(height, width, channels), top, left, count, rows, columns, plane);

    /// <inheritdoc cref="Input2x3"/>
    public static void Input2x5(ref float x, ref float v, nint height, nint width, nint channels, nint top, nint left, nint count, nint rows, nint columns, nint plane) =>
        Input<WinogradForm2x5>(ref x, ref v, new Map(height, width, channels), top, left, count, rows, columns, plane);

    /// <summary>
    /// The results of rows by columns of tiles from their products P[k][tile][m], of <paramref name="count"/> filters from P's and Y's first on: Y at the first tile's first
    /// pixel, of a map of <paramref name="pitch"/> columns that has <paramref name="height"/> rows and <paramref name="width"/> columns left.
    /// </summary>
    public static void Output2x3(ref float p, ref float y, nint height, nint width, nint pitch, nint filters, nint count, nint rows, nint columns, nint plane) =>
        Output<WinogradForm2x3>(ref p, ref y, height, width, pitch, filters, count, rows, columns, plane);

    /// <inheritdoc cref="Output2x3"/>
    public static void Output4x3(ref float p, ref float y, nint height, nint width, nint pitch, nint filters, nint count, nint rows, nint columns, nint plane) =>
        Output<WinogradForm4x3>(ref p, ref y, height, width, pitch, filters, count, rows, columns, plane);

    /// <inheritdoc cref="Output2x3"/>
    public static void Output2x5(ref float p, ref float y, nint height, nint width, nint pitch, nint filters, nint count, nint rows, nint columns, nint plane) =>
        Output<WinogradForm2x5>(ref p, ref y, height, width, pitch, filters, count, rows, columns, plane);

    /// <summary>Panels [start, end) of the filter X (taps,taps,channels,filters), in panels, as factors: Y[k] (channels,filters), each in panels.</summary>
    public static void Filter2x3(ref readonly float x, ref float y, nint channels, nint filters, nint start, nint end) => Filter<WinogradForm2x3>(ref Unsafe.AsRef(in x), ref y, channels, filters, start, end);

    /// <inheritdoc cref="Filter2x3"/>
    public static void Filter4x3(ref readonly float x, ref float y, nint channels, nint filters, nint start, nint end) => Filter<WinogradForm4x3>(ref Unsafe.AsRef(in x), ref y, channels, filters, start, end);

    /// <inheritdoc cref="Filter2x3"/>
    public static void Filter2x5(ref readonly float x, ref float y, nint channels, nint filters, nint start, nint end) => Filter<WinogradForm2x5>(ref Unsafe.AsRef(in x), ref y, channels, filters, start, end);

    private static void Input<TForm>(ref float x, ref float v, Map map, nint top, nint left, nint count, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        // What a frame points to stays in place for the call.
        float* from = (float*)Unsafe.AsPointer(ref x), to = (float*)Unsafe.AsPointer(ref v);
        if (Vector512.IsHardwareAccelerated) Tiles<Inputs<TForm>, Lanes512>(from, to, map, top, left, count, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Tiles<Inputs<TForm>, Lanes256>(from, to, map, top, left, count, rows, columns, plane, Vector256<float>.Count);
        else Tiles<Inputs<TForm>, Lanes128>(from, to, map, top, left, count, rows, columns, plane, Vector128<float>.Count);
    }

    /// <summary>
    /// Transforms tiles of a map that begin a step apart. A tile that reaches over the map's border is copied with zeros first.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tiles<TTile, TLanes>(float* x, float* v, Map map, nint top, nint left, nint count, nint rows, nint columns, nint plane, nint lanes)
        where TTile : struct, ITile
        where TLanes : struct, ILanes<TLanes>
    {
        int size = TTile.Size, factors = TTile.Factors;
        nint pitch = map.Width * map.Channels;
        float* half = stackalloc float[MostFactors * MostLanes];
        float* copy = stackalloc float[MostFactors * MostLanes];
        for (nint row = 0; row < rows; row++)
        {
            nint y = top + (row * TTile.Step);
            bool rowsAreInside = y >= 0 && y + size <= map.Height;
            for (nint column = 0; column < columns; column++)
            {
                nint z = left + (column * TTile.Step);
                bool isInside = rowsAreInside && z >= 0 && z + size <= map.Width;
                float* tile = x + (y * pitch) + (z * map.Channels);
                float* to = v + (((row * columns) + column) * count);
                for (nint c = 0; c < count; c += lanes)
                {
                    float* from = tile + c;
                    nint stepRow = pitch, stepColumn = map.Channels;
                    if (!isInside)
                    {
                        Copy<TLanes>(x + c, copy, map, y, z, size, lanes);
                        from = copy;
                        stepRow = size * lanes;
                        stepColumn = lanes;
                    }

                    for (int i = 0; i < size; i++)
                        TTile.Transform<TLanes>(from + (i * stepColumn), stepRow, half + (i * lanes), size * lanes);
                    for (int i = 0; i < factors; i++)
                        TTile.Transform<TLanes>(half + (i * size * lanes), lanes, to + (i * factors * plane) + c, plane);
                }
            }
        }
    }

    /// <summary>A square of a map with zeros where it lies outside.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy<TLanes>(float* x, float* to, Map map, nint top, nint left, int size, nint lanes)
        where TLanes : struct, ILanes<TLanes>
    {
        for (nint i = 0; i < size; i++)
        {
            bool isRow = (nuint)(top + i) < (nuint)map.Height;
            float* row = x + ((((top + i) * map.Width) + left) * map.Channels);
            for (nint j = 0; j < size; j++)
            {
                bool isInside = isRow && (nuint)(left + j) < (nuint)map.Width;
                TLanes.Store(isInside ? TLanes.Load(row + (j * map.Channels)) : default, to + (((i * size) + j) * lanes));
            }
        }
    }

    private static void Output<TForm>(ref float p, ref float y, nint height, nint width, nint pitch, nint filters, nint count, nint rows, nint columns, nint plane)
        where TForm : struct, IWinogradForm
    {
        float* from = (float*)Unsafe.AsPointer(ref p), to = (float*)Unsafe.AsPointer(ref y);
        if (Vector512.IsHardwareAccelerated) Output<TForm, Lanes512>(from, to, height, width, pitch, filters, count, rows, columns, plane, Vector512<float>.Count);
        else if (Vector256.IsHardwareAccelerated) Output<TForm, Lanes256>(from, to, height, width, pitch, filters, count, rows, columns, plane, Vector256<float>.Count);
        else Output<TForm, Lanes128>(from, to, height, width, pitch, filters, count, rows, columns, plane, Vector128<float>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Output<TForm, TLanes>(float* p, float* y, nint height, nint width, nint pitch, nint filters, nint count, nint rows, nint columns, nint plane, nint lanes)
        where TForm : struct, IWinogradForm
        where TLanes : struct, ILanes<TLanes>
    {
        int outputs = TForm.Outputs, factors = outputs + TForm.Taps - 1;
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
                float* to = y + (((row * outputs * pitch) + (column * outputs)) * filters);
                for (nint m = 0; m < count; m += lanes)
                {
                    for (int i = 0; i < factors; i++)
                        TForm.Output<TLanes>(tile + (i * plane) + m, factors * plane, half + (i * lanes), factors * lanes);
                    for (int i = 0; i < validRows; i++)
                    {
                        float* at = to + (i * pitch * filters) + m;
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
        const int Width = 32;
        int taps = TForm.Taps, factors = TForm.Outputs + taps - 1;
        nint plane = channels * filters;
        float* half = stackalloc float[MostFactors * MostLanes];
        for (nint column = start * Width; column < Math.Min(filters, end * Width); column += Width)
        {
            nint width = Math.Min(Width, filters - column);
            float* panel = x + (column * taps * taps * channels);
            float* to = y + (column * channels);
            for (nint at = 0; at < channels * width; at += lanes)
            {
                for (int i = 0; i < taps; i++)
                    TForm.Filter<TLanes>(panel + (i * channels * width) + at, taps * channels * width, half + (i * lanes), taps * lanes);
                for (int i = 0; i < factors; i++)
                    TForm.Filter<TLanes>(half + (i * taps * lanes), lanes, to + (i * factors * plane) + at, plane);
            }
        }
    }

    /// <summary>A map (height, width, channels).</summary>
    private readonly record struct Map(nint Height, nint Width, nint Channels);

    /// <summary>A square of a map that becomes factors, one axis after the other.</summary>
    private interface ITile
    {
        /// <summary>Pixels of the square along an axis, and from one to the next.</summary>
        static abstract int Size { get; }

        static abstract int Step { get; }

        /// <summary>Factors along an axis.</summary>
        static abstract int Factors { get; }

        static abstract void Transform<TLanes>(float* from, nint step, float* to, nint stepTo)
            where TLanes : struct, ILanes<TLanes>;
    }

    private readonly struct Inputs<TForm> : ITile
        where TForm : struct, IWinogradForm
    {
        public static int Size => TForm.Outputs + TForm.Taps - 1;

        public static int Step => TForm.Outputs;

        public static int Factors => TForm.Outputs + TForm.Taps - 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transform<TLanes>(float* from, nint step, float* to, nint stepTo)
            where TLanes : struct, ILanes<TLanes> => TForm.Input<TLanes>(from, step, to, stepTo);
    }

    private readonly struct OutputGradients<TForm> : ITile
        where TForm : struct, IWinogradForm
    {
        public static int Size => TForm.Outputs;

        public static int Step => TForm.Outputs;

        public static int Factors => TForm.Outputs + TForm.Taps - 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Transform<TLanes>(float* from, nint step, float* to, nint stepTo)
            where TLanes : struct, ILanes<TLanes> => TForm.OutputGradient<TLanes>(from, step, to, stepTo);
    }
}
