using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace NetGen;

/// <summary>
/// Sums, means and variances over the rows of a matrix, one a column, called by emitted code. Blocks of rows come first, and what they leave is combined in double and
/// in the order of the blocks, so that results keep their digits over any number of rows, and their bits with any number of threads.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class ChannelStatistics
{
    /// <summary>Columns of a unit of work of the methods that combine blocks.</summary>
    private const int Columns = 32;

    /// <summary>Columns that are combined at once.</summary>
    private const int Wide = 8;

    /// <summary>Independent chains of additions.</summary>
    private const int Chains = 4;

    /// <summary>
    /// For the blocks [start, end) of <paramref name="block"/> rows of X (rows, channels): Y (blocks, 2, channels), the sum of each column and the sum of the squared
    /// distances from the block's mean.
    /// </summary>
    public static void Partials(ref readonly float x, ref float y, nint block, nint rows, nint channels, nint start, nint end)
    {
        for (nint unit = start; unit < end; unit++)
            Block(ref Unsafe.Add(ref Unsafe.AsRef(in x), unit * block * channels), ref Unsafe.Add(ref y, unit * 2 * channels), 1, 0, Math.Min(block, rows - (unit * block)), channels, channels);
    }

    /// <summary>
    /// The sums and the sums of squared distances from the mean of one block of a map of <paramref name="channels"/> channels, for <paramref name="columns"/> of them from X's and
    /// Y's first on: as many lines, <paramref name="line"/> floats apart, of as many pixels. A kernel calls it for what it has just written.
    /// </summary>
    public static void Block(ref readonly float x, ref float y, nint lines, nint line, nint pixels, nint columns, nint channels)
    {
        fixed (float* at = &x, result = &y)
        {
            nint done = 0;
            if (Vector512.IsHardwareAccelerated) done = Block<Lanes512>(at, result, lines, line, pixels, columns, channels, done, Vector512<float>.Count);
            if (Vector256.IsHardwareAccelerated && done < columns) done = Block<Lanes256>(at, result, lines, line, pixels, columns, channels, done, Vector256<float>.Count);
            if (done < columns) done = Block<Lanes128>(at, result, lines, line, pixels, columns, channels, done, Vector128<float>.Count);
            if (done < columns) Block<Lanes1>(at, result, lines, line, pixels, columns, channels, done, 1);
        }
    }

    /// <summary>
    /// The moments of one block of pixels that follow each other, for a panel of 32 columns from <paramref name="column"/> on, among those of all blocks; nothing where
    /// <paramref name="moments"/> is a null reference, because nobody asks for them.
    /// </summary>
    public static void Unit(ref readonly float x, ref float moments, nint block, nint column, nint pixels, nint channels)
    {
        if (!Unsafe.IsNullRef(ref moments))
            Block(in x, ref Unsafe.Add(ref moments, (block * 2 * channels) + column), 1, 0, pixels, Math.Min(Columns, channels - column), channels);
    }

    /// <summary>Y = sum over the blocks of X[:, <paramref name="index"/>, :], for units [start, end) of 32 columns.</summary>
    public static void Totals(ref readonly float x, ref float y, nint blocks, nint count, nint index, nint channels, nint start, nint end)
    {
        fixed (float* from = &x, to = &y)
            Combine(from + (index * channels), to, blocks, count * channels, 1, channels, start, end);
    }

    /// <summary>Two sums, from <paramref name="index"/> on.</summary>
    public static void Totals(ref readonly float x, ref float y0, ref float y1, nint blocks, nint count, nint index, nint channels, nint start, nint end)
    {
        Totals(in x, ref y0, blocks, count, index, channels, start, end);
        Totals(in x, ref y1, blocks, count, index + 1, channels, start, end);
    }

    /// <summary>Three sums, from <paramref name="index"/> on.</summary>
    public static void Totals(ref readonly float x, ref float y0, ref float y1, ref float y2, nint blocks, nint count, nint index, nint channels, nint start, nint end)
    {
        Totals(in x, ref y0, ref y1, blocks, count, index, channels, start, end);
        Totals(in x, ref y2, blocks, count, index + 2, channels, start, end);
    }

    /// <summary>
    /// Mean and variance of each column from the moments of the blocks of as many maps, which are cut along both axes. The variance is what lies within blocks, and what
    /// lies between them.
    /// </summary>
    public static void Moments(
        ref readonly float x, ref float mean, ref float variance, nint samples, nint height, nint width, nint blockHeight, nint blockWidth, nint channels, nint start, nint end)
    {
        nint blocks = samples * ((height + blockHeight - 1) / blockHeight) * ((width + blockWidth - 1) / blockWidth), pixels = samples * height * width;
        fixed (float* from = &x, center = &mean, to = &variance)
        {
            Combine(from, center, blocks, 2 * channels, pixels, channels, start, end);
            nint column = start * Columns, stop = Math.Min(channels, end * Columns);
            for (; column + Wide <= stop; column += Wide)
            {
                Vector256<double> squares0 = default, squares1 = default;
                (Vector256<double> center0, Vector256<double> center1) = Vector256.Widen(Vector256.Load(center + column));
                float* moments = from + column;
                for (nint top = 0; top < samples * height; top += Lines(top, height, blockHeight))
                {
                    nint lines = Lines(top, height, blockHeight);
                    for (nint left = 0; left < width; left += blockWidth, moments += 2 * channels)
                    {
                        double count = lines * Math.Min(blockWidth, width - left), share = 1 / count;
                        (Vector256<double> sum0, Vector256<double> sum1) = Vector256.Widen(Vector256.Load(moments));
                        (Vector256<double> within0, Vector256<double> within1) = Vector256.Widen(Vector256.Load(moments + channels));
                        Vector256<double> distance0 = (sum0 * share) - center0, distance1 = (sum1 * share) - center1;
                        squares0 += within0 + (distance0 * distance0 * count);
                        squares1 += within1 + (distance1 * distance1 * count);
                    }
                }

                Vector256.Narrow(squares0 / pixels, squares1 / pixels).Store(to + column);
            }

            for (; column < stop; column++)
            {
                double squares = 0;
                float* moments = from + column;
                for (nint top = 0; top < samples * height; top += Lines(top, height, blockHeight))
                {
                    nint lines = Lines(top, height, blockHeight);
                    for (nint left = 0; left < width; left += blockWidth, moments += 2 * channels)
                    {
                        double count = lines * Math.Min(blockWidth, width - left), distance = (moments[0] * (1 / count)) - center[column];
                        squares += moments[channels] + (distance * distance * count);
                    }
                }

                to[column] = (float)(squares / pixels);
            }
        }
    }

    /// <summary>Lines of the block at a line of maps one below the other: the last block of a map has what is left.</summary>
    private static nint Lines(nint top, nint height, nint blockHeight) => Math.Min(blockHeight, height - (top % height));

    /// <summary>Y = sum over the blocks of X, a step apart, through a number.</summary>
    private static void Combine(float* x, float* y, nint blocks, nint step, double divisor, nint channels, nint start, nint end)
    {
        nint column = start * Columns, stop = Math.Min(channels, end * Columns);
        for (; column + Wide <= stop; column += Wide)
        {
            Vector256<double> sum0 = default, sum1 = default;
            for (nint unit = 0; unit < blocks; unit++)
            {
                (Vector256<double> term0, Vector256<double> term1) = Vector256.Widen(Vector256.Load(x + (unit * step) + column));
                sum0 += term0;
                sum1 += term1;
            }

            Vector256.Narrow(sum0 / divisor, sum1 / divisor).Store(y + column);
        }

        for (; column < stop; column++)
        {
            double sum = 0;
            for (nint unit = 0; unit < blocks; unit++)
                sum += x[(unit * step) + column];
            y[column] = (float)(sum / divisor);
        }
    }

    /// <summary>
    /// Columns from <paramref name="column"/> on by vectors, as far as whole ones go: first four side by side, then two for two pixels at once, then one for four, so that there are
    /// always four independent chains.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Block<TLanes>(float* x, float* y, nint lines, nint line, nint pixels, nint columns, nint channels, nint column, nint lanes)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes share = TLanes.Broadcast(1f / (lines * pixels));
        for (nint vectors = Chains; vectors > 0; vectors /= 2)
        {
            nint atOnce = Chains / vectors;
            nint place1 = vectors > 1 ? lanes : channels, place2 = vectors > 2 ? 2 * lanes : atOnce / 2 * channels, place3 = place1 + place2;
            for (; column + (vectors * lanes) <= columns; column += vectors * lanes)
            {
                TLanes s0 = default, s1 = default, s2 = default, s3 = default;
                for (nint i = 0; i < lines; i++)
                {
                    float* at = x + (i * line) + column;
                    nint left = pixels;
                    for (; left >= atOnce; left -= atOnce, at += atOnce * channels)
                    {
                        s0 += TLanes.Load(at);
                        s1 += TLanes.Load(at + place1);
                        s2 += TLanes.Load(at + place2);
                        s3 += TLanes.Load(at + place3);
                    }

                    for (; left > 0; left--, at += channels)
                    {
                        s0 += TLanes.Load(at);
                        if (vectors == 2) s1 += TLanes.Load(at + lanes);
                    }
                }

                if (vectors == 1) s0 = (s0 + s1) + (s2 + s3);
                else if (vectors == 2) (s0, s1) = (s0 + s2, s1 + s3);
                Store(y + column, vectors, lanes, s0, s1, s2, s3);
                TLanes m0 = s0 * share, m1 = vectors > 1 ? s1 * share : m0, m2 = vectors > 2 ? s2 * share : m0, m3 = vectors > 2 ? s3 * share : m1;
                (s0, s1, s2, s3) = (default, default, default, default);
                for (nint i = 0; i < lines; i++)
                {
                    float* at = x + (i * line) + column;
                    nint left = pixels;
                    for (; left >= atOnce; left -= atOnce, at += atOnce * channels)
                    {
                        TLanes d0 = TLanes.Load(at) - m0, d1 = TLanes.Load(at + place1) - m1, d2 = TLanes.Load(at + place2) - m2, d3 = TLanes.Load(at + place3) - m3;
                        s0 = TLanes.MultiplyAdd(d0, d0, s0);
                        s1 = TLanes.MultiplyAdd(d1, d1, s1);
                        s2 = TLanes.MultiplyAdd(d2, d2, s2);
                        s3 = TLanes.MultiplyAdd(d3, d3, s3);
                    }

                    for (; left > 0; left--, at += channels)
                    {
                        TLanes d0 = TLanes.Load(at) - m0;
                        s0 = TLanes.MultiplyAdd(d0, d0, s0);
                        if (vectors == 2)
                        {
                            TLanes d1 = TLanes.Load(at + lanes) - m1;
                            s1 = TLanes.MultiplyAdd(d1, d1, s1);
                        }
                    }
                }

                if (vectors == 1) s0 = (s0 + s1) + (s2 + s3);
                else if (vectors == 2) (s0, s1) = (s0 + s2, s1 + s3);
                Store(y + channels + column, vectors, lanes, s0, s1, s2, s3);
            }
        }

        return column;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TLanes>(float* y, nint vectors, nint lanes, TLanes s0, TLanes s1, TLanes s2, TLanes s3)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes.Store(s0, y);
        if (vectors > 1) TLanes.Store(s1, y + lanes);
        if (vectors > 2)
        {
            TLanes.Store(s2, y + (2 * lanes));
            TLanes.Store(s3, y + (3 * lanes));
        }
    }
}
