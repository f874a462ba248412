using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace NetGen;

/// <summary>
/// Movements of data between layouts, called by emitted code. Panels are [N/32][K][32] of a matrix (K,N); a last panel of 16 or 32 holds the remaining columns,
/// its unused lanes zero.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Packing
{
    private const int Width = 32;

    /// <summary>The columns that a row of panels stores, pad lanes included.</summary>
    public static int StoredColumns(int columns) => (columns / Width * Width) + (columns % Width == 0 ? 0 : columns % Width <= 16 ? 16 : Width);

    /// <summary>Y = X.</summary>
    public static void Copy(ref readonly float x, ref float y, nint length)
    {
        for (nint done = 0; done < length;)
        {
            int count = (int)Math.Min(length - done, int.MaxValue);
            MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref Unsafe.AsRef(in x), done), count).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, done), count));
            done += count;
        }
    }

    /// <summary>The panels of a matrix of some columns: the units of the methods below.</summary>
    public static nint Panels(nint columns) => (columns + Width - 1) / Width;

    /// <summary>Panels [start, end) of Y from X (rows,columns).</summary>
    public static void PlainToPanels(ref readonly float x, ref float y, nint rows, nint columns, nint start, nint end) =>
        RowsToPanels(in x, ref y, 0, rows, rows, columns, start, end);

    /// <summary>Rows [first, first + count) of the panels [start, end) of Y, which are those of (rows,columns), from X (count,columns).</summary>
    internal static void RowsToPanels(ref readonly float x, ref float y, nint first, nint count, nint rows, nint columns, nint start, nint end)
    {
        for (nint column = start * Width; column < columns && column < end * Width; column += Width)
        {
            nint valid = columns - column < Width ? columns - column : Width;
            nint width = valid <= 16 ? 16 : Width;
            ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), column);
            ref float to = ref Unsafe.Add(ref y, (column * rows) + (first * width));
            for (nint row = 0; row < count; row++)
            {
                // Block operations, as a row is short and a process's first load runs before this method is optimised.
                Unsafe.CopyBlockUnaligned(
                    ref Unsafe.As<float, byte>(ref Unsafe.Add(ref to, row * width)),
                    ref Unsafe.As<float, byte>(ref Unsafe.Add(ref from, row * columns)),
                    (uint)valid * sizeof(float));
                for (nint lane = valid; lane < width; lane++)
                {
                    Unsafe.Add(ref to, (row * width) + lane) = 0;
                }
            }
        }
    }

    /// <summary>Y (rows,columns) from panels [start, end) of X.</summary>
    public static void PanelsToPlain(ref readonly float x, ref float y, nint rows, nint columns, nint start, nint end)
    {
        ref float source = ref Unsafe.AsRef(in x);
        for (nint column = start * Width; column < Math.Min(columns, end * Width); column += Width)
        {
            int valid = (int)Math.Min(Width, columns - column);
            int width = valid <= 16 ? 16 : Width;
            ref float panel = ref Unsafe.Add(ref source, column * rows);
            for (nint row = 0; row < rows; row++)
            {
                MemoryMarshal.CreateReadOnlySpan(in Unsafe.Add(ref panel, row * width), valid)
                    .CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, (row * columns) + column), valid));
            }
        }
    }

    /// <summary>Panels [start, end) of Y, the transpose (columns,rows) of X (rows,columns).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PlainToTransposedPanels(ref readonly float x, ref float y, nint rows, nint columns, nint start, nint end)
    {
        for (nint row = start * Width; row < Math.Min(rows, end * Width); row += Width)
        {
            nint valid = Math.Min(Width, rows - row);
            TransposeInto(ref Unsafe.Add(ref Unsafe.AsRef(in x), row * columns), columns, valid, columns, ref Unsafe.Add(ref y, row * columns), valid <= 16 ? 16 : Width);
        }
    }

    /// <summary>Panels [start, end) of Y, the transpose (columns,rows) of X (rows,columns), which lies in panels itself.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void PanelsToTransposedPanels(ref readonly float x, ref float y, nint rows, nint columns, nint start, nint end)
    {
        for (nint row = start * Width; row < Math.Min(rows, end * Width); row += Width)
        {
            nint validRows = Math.Min(Width, rows - row);
            nint outWidth = validRows <= 16 ? 16 : Width;
            ref float to = ref Unsafe.Add(ref y, row * columns);
            for (nint column = 0; column < columns; column += Width)
            {
                nint validColumns = Math.Min(Width, columns - column);
                nint width = validColumns <= 16 ? 16 : Width;
                ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), (column * rows) + (row * width));
                TransposeInto(ref from, width, validRows, validColumns, ref Unsafe.Add(ref to, column * outWidth), outWidth);
            }
        }
    }

    /// <summary>Y = the panels of X (rows,columns), whose rows lie a stride apart. A last panel of fewer columns is <paramref name="narrow"/> wide, 16 or 32, if it fits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MatrixToPanels(ref readonly float x, ref float y, nint rows, nint columns, nint stride, nint narrow)
    {
        for (nint column = 0; column < columns; column += Width)
        {
            nint valid = Math.Min(Width, columns - column);
            Columns(in Unsafe.Add(ref Unsafe.AsRef(in x), column), ref Unsafe.Add(ref y, column * rows), rows, stride, valid, valid <= narrow ? narrow : Width);
        }
    }

    /// <summary>
    /// Y = the panels of the transpose (rows,columns) of X (columns,rows), whose rows lie a stride apart. A last panel of fewer columns is <paramref name="narrow"/> wide, 16 or 32, if it fits.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void MatrixToTransposedPanels(ref readonly float x, ref float y, nint rows, nint columns, nint stride, nint narrow)
    {
        for (nint column = 0; column < columns; column += Width)
        {
            nint valid = Math.Min(Width, columns - column);
            TransposeInto(ref Unsafe.Add(ref Unsafe.AsRef(in x), column * stride), stride, valid, rows, ref Unsafe.Add(ref y, column * rows), valid <= narrow ? narrow : Width);
        }
    }

    /// <summary>
    /// Samples [start, end) of Y (toHeight,toWidth,channels) = zeros with the pixels of X (height,width,channels) from (top,left) on, the strides apart.
    /// </summary>
    public static void Spread(
        ref readonly float x, ref float y, nint height, nint width, nint channels, nint strideHeight, nint strideWidth, nint top, nint left, nint toHeight, nint toWidth, nint start, nint end)
    {
        for (nint sample = start; sample < end; sample++)
        {
            ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), sample * height * width * channels);
            ref float to = ref Unsafe.Add(ref y, sample * toHeight * toWidth * channels);
            if (strideHeight == 1 && strideWidth == 1)
            {
                // What lies between the end of one row and the start of the next is one run of zeros.
                nint gap = (toWidth - width) * channels, done = ((top * toWidth) + left) * channels;
                Clear(ref to, done);
                for (nint row = 0; row < height; row++)
                {
                    Copy(in Unsafe.Add(ref from, row * width * channels), ref Unsafe.Add(ref to, done), width * channels);
                    done += width * channels;
                    nint zeros = row < height - 1 ? gap : (toHeight * toWidth * channels) - done;
                    Clear(ref Unsafe.Add(ref to, done), zeros);
                    done += zeros;
                }

                continue;
            }

            Clear(ref to, toHeight * toWidth * channels);
            for (nint row = 0; row < height; row++)
            {
                for (nint column = 0; column < width; column++)
                {
                    nint place = (((top + (row * strideHeight)) * toWidth) + left + (column * strideWidth)) * channels;
                    Copy(in Unsafe.Add(ref from, ((row * width) + column) * channels), ref Unsafe.Add(ref to, place), channels);
                }
            }
        }
    }

    /// <summary>
    /// Panels [start, end) of the filter X (taps,channels,filters) turned around with its channels exchanged: Y (taps,filters,channels)[t,m,c] = X[taps-1-t,c,m], both in panels.
    /// </summary>
    public static void PanelsToMirroredPanels(ref readonly float x, ref float y, nint taps, nint channels, nint filters, nint start, nint end)
    {
        for (nint tap = 0; tap < taps; tap++)
        {
            TapToExchangedPanels(in x, ref y, taps - 1 - tap, tap, taps, channels, filters, start, end);
        }
    }

    /// <summary>
    /// Panels [start, end) of the filter X (kernelHeight,kernelWidth,channels,filters) with its channels exchanged, both in panels: its elements lie by their classes modulo the strides, the
    /// class (0,0) first, and turned around within each class.
    /// </summary>
    public static void PanelsToClassPanels(
        ref readonly float x, ref float y, nint kernelHeight, nint kernelWidth, nint channels, nint filters, nint strideHeight, nint strideWidth, nint start, nint end)
    {
        nint to = 0;
        for (nint row = 0; row < strideHeight; row++)
        {
            for (nint column = 0; column < strideWidth; column++)
            {
                for (nint i = Last(kernelHeight, strideHeight, row); i >= 0; i -= strideHeight)
                {
                    for (nint j = Last(kernelWidth, strideWidth, column); j >= 0; j -= strideWidth)
                    {
                        TapToExchangedPanels(in x, ref y, (i * kernelWidth) + j, to++, kernelHeight * kernelWidth, channels, filters, start, end);
                    }
                }
            }
        }

        // The last element of a class, or a negative one where it has none.
        static nint Last(nint size, nint stride, nint first) => size <= first ? -1 : first + ((size - 1 - first) / stride * stride);
    }

    /// <summary>One element of a filter (taps,channels,filters) in panels to its place in one of (taps,filters,channels), panels [start, end) of it.</summary>
    private static void TapToExchangedPanels(ref readonly float x, ref float y, nint tap, nint place, nint taps, nint channels, nint filters, nint start, nint end)
    {
        for (nint first = start * Width; first < Math.Min(channels, end * Width); first += Width)
        {
            nint valid = Math.Min(Width, channels - first), outWidth = valid <= 16 ? 16 : Width;
            ref float panel = ref Unsafe.Add(ref y, first * taps * filters);
            for (nint column = 0; column < filters; column += Width)
            {
                nint columns = Math.Min(Width, filters - column), width = columns <= 16 ? 16 : Width;
                ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), (column * taps * channels) + (((tap * channels) + first) * width));
                TransposeInto(ref from, width, valid, columns, ref Unsafe.Add(ref panel, ((place * filters) + column) * outWidth), outWidth);
            }
        }
    }

    /// <summary>Pixels [start, end) of Y, in which each of the channels of X stands some times side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RepeatChannels(ref readonly float x, ref float y, nint channels, nint times, nint start, nint end)
    {
        ref float from = ref Unsafe.AsRef(in x);
        nint done = start * channels, stop = end * channels;
        if (Vector256.IsHardwareAccelerated && times <= Vector256<float>.Count)
        {
            // Eight channels become as many vectors as they are repeated: which of the eight each lane is.
            Span<Vector256<int>> lanes = stackalloc Vector256<int>[Vector256<float>.Count];
            for (int i = 0; i < times; i++)
            {
                lanes[i] = (Vector256<int>.Indices + Vector256.Create(i * Vector256<int>.Count)) / Vector256.Create((int)times);
            }

            for (; stop - done >= Vector256<float>.Count; done += Vector256<float>.Count)
            {
                Vector256<float> eight = Vector256.LoadUnsafe(ref from, (nuint)done);
                for (int i = 0; i < times; i++)
                {
                    Vector256.ShuffleNative(eight, lanes[i]).StoreUnsafe(ref y, (nuint)((done * times) + (i * Vector256<float>.Count)));
                }
            }
        }

        for (; done < stop; done++)
        {
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, done * times), (int)times).Fill(Unsafe.Add(ref from, done));
        }
    }

    /// <summary>Pixels [start, end) of Y (channels), each the sum of as many numbers of X that stand side by side.</summary>
    public static void SumChannels(ref readonly float x, ref float y, nint channels, nint times, nint start, nint end)
    {
        for (nint i = start * channels; i < end * channels; i++)
        {
            ref float from = ref Unsafe.Add(ref Unsafe.AsRef(in x), i * times);
            float sum = from;
            for (nint k = 1; k < times; k++)
            {
                sum += Unsafe.Add(ref from, k);
            }

            Unsafe.Add(ref y, i) = sum;
        }
    }

    /// <summary>Y = 0.</summary>
    public static void Clear(ref float y, nint length)
    {
        for (nint done = 0; done < length;)
        {
            int count = (int)Math.Min(length - done, int.MaxValue);
            MemoryMarshal.CreateSpan(ref Unsafe.Add(ref y, done), count).Clear();
            done += count;
        }
    }

    /// <summary>
    /// Y [channels/width][lines*pixels][width] = the channels [first, stop) of lines of pixels of X, a step apart: what a product with X transposed reads of one piece of
    /// channels then lies in one run. All numbers of channels are multiples of 8.
    /// </summary>
    public static void Pieces(ref readonly float x, ref float y, nint lines, nint line, nint pixels, nint step, nint first, nint stop, nint width)
    {
        const int AtOnce = 4, Lanes = 8;
        ref float source = ref Unsafe.AsRef(in x);
        for (nint row = 0; row < lines; row++)
        {
            for (nint pixel = 0; pixel < pixels; pixel += AtOnce)
            {
                nint count = Math.Min(AtOnce, pixels - pixel);
                for (nint channel = first; channel < stop; channel += width)
                {
                    nint valid = Math.Min(width, stop - channel);
                    ref float from = ref Unsafe.Add(ref source, (row * line) + (pixel * step) + channel);
                    ref float to = ref Unsafe.Add(ref y, (channel * lines * pixels) + (((row * pixels) + pixel) * valid));
                    if (valid == Lanes && count == AtOnce)
                    {
                        Vector256<float> a = Vector256.LoadUnsafe(ref from), b = Vector256.LoadUnsafe(ref from, (nuint)step);
                        Vector256<float> c = Vector256.LoadUnsafe(ref from, (nuint)(2 * step)), d = Vector256.LoadUnsafe(ref from, (nuint)(3 * step));
                        a.StoreUnsafe(ref to);
                        b.StoreUnsafe(ref to, Lanes);
                        c.StoreUnsafe(ref to, 2 * Lanes);
                        d.StoreUnsafe(ref to, 3 * Lanes);
                        continue;
                    }

                    for (nint i = 0; i < count; i++)
                    {
                        for (nint lane = 0; lane < valid; lane += Lanes)
                            Vector256.LoadUnsafe(ref from, (nuint)((i * step) + lane)).StoreUnsafe(ref to, (nuint)((i * valid) + lane));
                    }
                }
            }
        }
    }

    /// <summary>Y (rows,width) = the first <paramref name="count"/> columns of X, whose rows lie a stride apart, and zeros behind them.</summary>
    public static void Columns(ref readonly float x, ref float y, nint rows, nint stride, nint count, nint width)
    {
        ref float from = ref Unsafe.AsRef(in x);
        if (Vector512.IsHardwareAccelerated && count == Width)
        {
            for (nint row = 0; row < rows; row++)
            {
                Vector512<float> first = Vector512.LoadUnsafe(ref from, (nuint)(row * stride)), second = Vector512.LoadUnsafe(ref from, (nuint)((row * stride) + 16));
                first.StoreUnsafe(ref y, (nuint)(row * Width));
                second.StoreUnsafe(ref y, (nuint)((row * Width) + 16));
            }

            return;
        }

        CopyRows(in x, ref y, rows, count, stride, width);
        for (nint row = 0; count < width && row < rows; row++)
        {
            Clear(ref Unsafe.Add(ref y, (row * width) + count), width - count);
        }
    }

    /// <summary>Rows of one length from one array to another, each with its own distance from row to row.</summary>
    public static void CopyRows(ref readonly float x, ref float y, nint rows, nint length, nint strideX, nint strideY)
    {
        for (nint row = 0; row < rows; row++)
        {
            Copy(in Unsafe.Add(ref Unsafe.AsRef(in x), row * strideX), ref Unsafe.Add(ref y, row * strideY), length);
        }
    }

    /// <summary>Y = X (outer,size,inner) with the middle axis backwards.</summary>
    public static void Reverse(ref readonly float x, ref float y, nint outer, nint size, nint inner)
    {
        for (nint i = 0; i < outer; i++)
        {
            for (nint k = 0; k < size; k++)
            {
                Copy(in Unsafe.Add(ref Unsafe.AsRef(in x), ((i * size) + k) * inner), ref Unsafe.Add(ref y, ((i * size) + size - 1 - k) * inner), inner);
            }
        }
    }

    /// <summary>Y = rows of X (rows,length) by number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is no row's.</exception>
    public static void Gather(ref readonly float x, ref readonly float indices, ref float y, nint rows, nint length, nint count)
    {
        for (nint i = 0; i < count; i++)
        {
            nint row = RowOf(Unsafe.Add(ref Unsafe.AsRef(in indices), i), rows);
            Copy(in Unsafe.Add(ref Unsafe.AsRef(in x), row * length), ref Unsafe.Add(ref y, i * length), length);
        }
    }

    /// <summary>Y (rows,length) = for each row the sum of the rows of X that <see cref="Gather"/> took from it, in their order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is no row's.</exception>
    public static void GatherGradient(ref readonly float x, ref readonly float indices, ref float y, nint rows, nint length, nint count)
    {
        Clear(ref y, rows * length);
        for (nint i = 0; i < count; i++)
        {
            ref float to = ref Unsafe.Add(ref y, RowOf(Unsafe.Add(ref Unsafe.AsRef(in indices), i), rows) * length);
            for (nint k = 0; k < length; k++)
            {
                Unsafe.Add(ref to, k) += Unsafe.Add(ref Unsafe.AsRef(in x), (i * length) + k);
            }
        }
    }

    private static nint RowOf(float index, nint rows)
    {
        // A fraction would be no number's fault but that of what made it one: it is not cut.
        nint row = index >= 0 && index < rows ? (nint)index : -1;
        return row >= 0 && row == index ? row : throw new ArgumentOutOfRangeException(nameof(index), string.Create(CultureInfo.InvariantCulture, $"The token {index} is no whole number from 0 to {rows - 1}."));
    }

    /// <summary>
    /// Y = X with its axes in another order: <paramref name="d0"/> to <paramref name="d3"/> are the output's sizes, <paramref name="s0"/> to
    /// <paramref name="s3"/> the input's strides along them.
    /// </summary>
    public static void Transpose(ref readonly float x, ref float y, nint d0, nint d1, nint d2, nint d3, nint s0, nint s1, nint s2, nint s3)
    {
        ref float source = ref Unsafe.AsRef(in x);
        nint at = 0;
        for (nint i = 0; i < d0; i++)
        {
            for (nint j = 0; j < d1; j++)
            {
                for (nint k = 0; k < d2; k++)
                {
                    ref float row = ref Unsafe.Add(ref source, (i * s0) + (j * s1) + (k * s2));
                    if (s3 == 1)
                    {
                        Copy(in row, ref Unsafe.Add(ref y, at), d3);
                        at += d3;
                        continue;
                    }

                    for (nint l = 0; l < d3; l++)
                    {
                        Unsafe.Add(ref y, at++) = Unsafe.Add(ref row, l * s3);
                    }
                }
            }
        }
    }

    /// <summary>Rows [start, end) of Y (M,N) = op(A) · op(B), one chain of products in the order of k for each element.</summary>
    public static void MatMul(
        ref readonly float a, ref readonly float b, ref float y, nint k, nint n, nint rowStrideA, nint innerStrideA, nint innerStrideB, nint columnStrideB, nint start, nint end)
    {
        for (nint i = start; i < end; i++)
        {
            ref float row = ref Unsafe.Add(ref Unsafe.AsRef(in a), i * rowStrideA);
            for (nint j = 0; j < n; j++)
            {
                ref float column = ref Unsafe.Add(ref Unsafe.AsRef(in b), j * columnStrideB);
                float sum = 0;
                for (nint p = 0; p < k; p++)
                {
                    sum += Unsafe.Add(ref row, p * innerStrideA) * Unsafe.Add(ref column, p * innerStrideB);
                }

                Unsafe.Add(ref y, (i * n) + j) = sum;
            }
        }
    }

    /// <summary>
    /// The transpose of a block (rows,columns), eight by eight, or four by four, in registers: column c becomes row c of <paramref name="to"/>, whose rows are
    /// <paramref name="width"/> long; lanes past the block's rows become zero. Optimised at once, as its callers are: code that still counts for the JIT makes
    /// threads write the same counters, and then takes longer than a whole training step.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransposeInto(ref float from, nint stride, nint rows, nint columns, ref float to, nint width)
    {
        bool eights = Avx.IsSupported;
        nint step = eights ? 8 : 4;
        nint wholeRows = rows / step * step;
        nint wholeColumns = columns / step * step;
        for (nint c = 0; c < wholeColumns; c += step)
        {
            for (nint r = 0; r < wholeRows; r += step)
            {
                ref float block = ref Unsafe.Add(ref from, (r * stride) + c);
                ref float place = ref Unsafe.Add(ref to, (c * width) + r);
                if (eights)
                {
                    TransposeEight(ref block, stride, ref place, width);
                }
                else
                {
                    TransposeFour(ref block, stride, ref place, width);
                }
            }
        }

        for (nint c = 0; c < columns; c++)
        {
            for (nint r = c < wholeColumns ? wholeRows : 0; r < width; r++)
            {
                Unsafe.Add(ref to, (c * width) + r) = r < rows ? Unsafe.Add(ref from, (r * stride) + c) : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeFour(ref float block, nint stride, ref float place, nint width)
    {
        Vector128<float> a = Vector128.LoadUnsafe(ref block);
        Vector128<float> b = Vector128.LoadUnsafe(ref block, (nuint)stride);
        Vector128<float> d = Vector128.LoadUnsafe(ref block, (nuint)(2 * stride));
        Vector128<float> e = Vector128.LoadUnsafe(ref block, (nuint)(3 * stride));
        Vector128<float> ab = Interleave(a, b, high: false), abHigh = Interleave(a, b, high: true);
        Vector128<float> de = Interleave(d, e, high: false), deHigh = Interleave(d, e, high: true);
        Vector128.Create(ab.GetLower(), de.GetLower()).StoreUnsafe(ref place);
        Vector128.Create(ab.GetUpper(), de.GetUpper()).StoreUnsafe(ref place, (nuint)width);
        Vector128.Create(abHigh.GetLower(), deHigh.GetLower()).StoreUnsafe(ref place, (nuint)(2 * width));
        Vector128.Create(abHigh.GetUpper(), deHigh.GetUpper()).StoreUnsafe(ref place, (nuint)(3 * width));
    }

    /// <summary>Eight by eight: pairs of rows are interleaved, then pairs of pairs, then the halves change places. All loads come before the stores.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEight(ref float block, nint stride, ref float place, nint width)
    {
        Vector256<float> r0 = Vector256.LoadUnsafe(ref block), r1 = Vector256.LoadUnsafe(ref block, (nuint)stride);
        Vector256<float> r2 = Vector256.LoadUnsafe(ref block, (nuint)(2 * stride)), r3 = Vector256.LoadUnsafe(ref block, (nuint)(3 * stride));
        Vector256<float> r4 = Vector256.LoadUnsafe(ref block, (nuint)(4 * stride)), r5 = Vector256.LoadUnsafe(ref block, (nuint)(5 * stride));
        Vector256<float> r6 = Vector256.LoadUnsafe(ref block, (nuint)(6 * stride)), r7 = Vector256.LoadUnsafe(ref block, (nuint)(7 * stride));
        Vector256<float> a0 = Avx.UnpackLow(r0, r1), a1 = Avx.UnpackHigh(r0, r1), a2 = Avx.UnpackLow(r2, r3), a3 = Avx.UnpackHigh(r2, r3);
        Vector256<float> a4 = Avx.UnpackLow(r4, r5), a5 = Avx.UnpackHigh(r4, r5), a6 = Avx.UnpackLow(r6, r7), a7 = Avx.UnpackHigh(r6, r7);
        Vector256<float> b0 = Avx.Shuffle(a0, a2, 0x44), b1 = Avx.Shuffle(a0, a2, 0xEE), b2 = Avx.Shuffle(a1, a3, 0x44), b3 = Avx.Shuffle(a1, a3, 0xEE);
        Vector256<float> b4 = Avx.Shuffle(a4, a6, 0x44), b5 = Avx.Shuffle(a4, a6, 0xEE), b6 = Avx.Shuffle(a5, a7, 0x44), b7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(b0, b4, 0x20).StoreUnsafe(ref place);
        Avx.Permute2x128(b1, b5, 0x20).StoreUnsafe(ref place, (nuint)width);
        Avx.Permute2x128(b2, b6, 0x20).StoreUnsafe(ref place, (nuint)(2 * width));
        Avx.Permute2x128(b3, b7, 0x20).StoreUnsafe(ref place, (nuint)(3 * width));
        Avx.Permute2x128(b0, b4, 0x31).StoreUnsafe(ref place, (nuint)(4 * width));
        Avx.Permute2x128(b1, b5, 0x31).StoreUnsafe(ref place, (nuint)(5 * width));
        Avx.Permute2x128(b2, b6, 0x31).StoreUnsafe(ref place, (nuint)(6 * width));
        Avx.Permute2x128(b3, b7, 0x31).StoreUnsafe(ref place, (nuint)(7 * width));
    }

    /// <summary>a0 b0 a1 b1, or a2 b2 a3 b3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Interleave(Vector128<float> a, Vector128<float> b, bool high)
    {
        if (Sse.IsSupported)
        {
            return high ? Sse.UnpackHigh(a, b) : Sse.UnpackLow(a, b);
        }

        return high ? Vector128.Create(a[2], b[2], a[3], b[3]) : Vector128.Create(a[0], b[0], a[1], b[1]);
    }
}
