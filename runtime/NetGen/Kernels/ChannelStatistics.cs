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

    /// <summary>Vectors of columns side by side: independent chains of additions.</summary>
    private const int Vectors = 4;

    /// <summary>
    /// For the blocks [start, end) of <paramref name="block"/> rows of X (rows, channels): Y (blocks, 2, channels), the sum of each column and the sum of the squared
    /// distances from the block's mean.
    /// </summary>
    public static void Partials(ref readonly float x, ref float y, nint block, nint rows, nint channels, nint start, nint end)
    {
        fixed (float* from = &x, to = &y)
        {
            for (nint unit = start; unit < end; unit++)
            {
                nint count = Math.Min(block, rows - (unit * block)), done = 0;
                float* at = from + (unit * block * channels), result = to + (unit * 2 * channels);
                if (Vector512.IsHardwareAccelerated) done = Block<Lanes512>(at, result, count, channels, done, Vector512<float>.Count);
                if (Vector256.IsHardwareAccelerated) done = Block<Lanes256>(at, result, count, channels, done, Vector256<float>.Count);
                done = Block<Lanes128>(at, result, count, channels, done, Vector128<float>.Count);
                Block<Lanes1>(at, result, count, channels, done, 1);
            }
        }
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

    /// <summary>Mean and variance of each column from the moments of the blocks. The variance is what lies within blocks, and what lies between them.</summary>
    public static void Moments(ref readonly float x, ref float mean, ref float variance, nint block, nint blocks, nint rows, nint channels, nint start, nint end)
    {
        fixed (float* from = &x, center = &mean, to = &variance)
        {
            Combine(from, center, blocks, 2 * channels, rows, channels, start, end);
            nint column = start * Columns, stop = Math.Min(channels, end * Columns);
            for (; column + Wide <= stop; column += Wide)
            {
                Vector256<double> squares0 = default, squares1 = default;
                (Vector256<double> center0, Vector256<double> center1) = Vector256.Widen(Vector256.Load(center + column));
                for (nint unit = 0; unit < blocks; unit++)
                {
                    float* moments = from + (unit * 2 * channels) + column;
                    double count = Math.Min(block, rows - (unit * block)), share = 1 / count;
                    (Vector256<double> sum0, Vector256<double> sum1) = Vector256.Widen(Vector256.Load(moments));
                    (Vector256<double> within0, Vector256<double> within1) = Vector256.Widen(Vector256.Load(moments + channels));
                    Vector256<double> distance0 = (sum0 * share) - center0, distance1 = (sum1 * share) - center1;
                    squares0 += within0 + (distance0 * distance0 * count);
                    squares1 += within1 + (distance1 * distance1 * count);
                }

                Vector256.Narrow(squares0 / rows, squares1 / rows).Store(to + column);
            }

            for (; column < stop; column++)
            {
                double squares = 0;
                for (nint unit = 0; unit < blocks; unit++)
                {
                    float* moments = from + (unit * 2 * channels) + column;
                    double count = Math.Min(block, rows - (unit * block)), distance = (moments[0] * (1 / count)) - center[column];
                    squares += moments[channels] + (distance * distance * count);
                }

                to[column] = (float)(squares / rows);
            }
        }
    }

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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Block<TLanes>(float* x, float* y, nint rows, nint channels, nint column, nint lanes)
        where TLanes : struct, ILanes<TLanes>
    {
        TLanes share = TLanes.Broadcast(1f / rows);
        for (; column + (Vectors * lanes) <= channels; column += Vectors * lanes)
        {
            float* at = x + column;
            TLanes s0 = default, s1 = default, s2 = default, s3 = default;
            for (nint row = 0; row < rows; row++, at += channels)
            {
                s0 += TLanes.Load(at);
                s1 += TLanes.Load(at + lanes);
                s2 += TLanes.Load(at + (2 * lanes));
                s3 += TLanes.Load(at + (3 * lanes));
            }

            float* to = y + column;
            TLanes.Store(s0, to);
            TLanes.Store(s1, to + lanes);
            TLanes.Store(s2, to + (2 * lanes));
            TLanes.Store(s3, to + (3 * lanes));
            TLanes m0 = s0 * share, m1 = s1 * share, m2 = s2 * share, m3 = s3 * share;
            (s0, s1, s2, s3) = (default, default, default, default);
            at = x + column;
            for (nint row = 0; row < rows; row++, at += channels)
            {
                TLanes d0 = TLanes.Load(at) - m0, d1 = TLanes.Load(at + lanes) - m1, d2 = TLanes.Load(at + (2 * lanes)) - m2, d3 = TLanes.Load(at + (3 * lanes)) - m3;
                s0 = TLanes.MultiplyAdd(d0, d0, s0);
                s1 = TLanes.MultiplyAdd(d1, d1, s1);
                s2 = TLanes.MultiplyAdd(d2, d2, s2);
                s3 = TLanes.MultiplyAdd(d3, d3, s3);
            }

            to += channels;
            TLanes.Store(s0, to);
            TLanes.Store(s1, to + lanes);
            TLanes.Store(s2, to + (2 * lanes));
            TLanes.Store(s3, to + (3 * lanes));
        }

        for (; column + lanes <= channels; column += lanes)
        {
            TLanes sum = default, squares = default;
            for (nint row = 0; row < rows; row++)
                sum += TLanes.Load(x + (row * channels) + column);
            TLanes mean = sum * share;
            for (nint row = 0; row < rows; row++)
            {
                TLanes distance = TLanes.Load(x + (row * channels) + column) - mean;
                squares = TLanes.MultiplyAdd(distance, distance, squares);
            }

            TLanes.Store(sum, y + column);
            TLanes.Store(squares, y + channels + column);
        }

        return column;
    }
}
