using System.Buffers;

namespace NetGen;

/// <summary>
/// <c>factor</c> times the mean magnitude of the scalar products between different rows (or columns) of a matrix, each divided by its norm: it
/// draws them towards being orthogonal.
/// </summary>
public sealed class OrthogonalRegularizer : Regularizer
{
    // Keras's normalize divides by the norm, or by this if the norm is smaller.
    private const double SmallestDivisor = 1e-12;

    private readonly double _factor;
    private readonly bool _ofRows;

    /// <summary>Sets the factor and what is to be orthogonal.</summary>
    /// <param name="factor">The factor.</param>
    /// <param name="mode"><c>"rows"</c> or <c>"columns"</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factor"/> is negative or not finite.</exception>
    /// <exception cref="ArgumentException">There is no such mode.</exception>
    public OrthogonalRegularizer(double factor = 0.01, string mode = "rows")
    {
        _factor = Arguments.NotNegative(factor, nameof(factor));
        _ofRows = mode switch
        {
            "rows" => true,
            "columns" => false,
            _ => throw new ArgumentException($"mode is \"{mode}\"; expected \"rows\" or \"columns\".", nameof(mode)),
        };
    }

    /// <inheritdoc/>
    public override bool IsElementwise => false;

    /// <inheritdoc/>
    public override double Penalty(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape)
    {
        using Vectors vectors = Read(weights, shape);
        double sum = 0;
        for (int i = 0; i < vectors.Count; i++)
        {
            for (int j = 0; j < i; j++)
                sum += Math.Abs(vectors.Product(i, j));
        }
        return vectors.Count < 2 ? 0 : _factor * sum / Pairs(vectors.Count);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// With the unit vectors u and s the signs of their products, the gradient by a vector of norm n is the part of <c>sum(s u)</c> over the others
    /// that is orthogonal to it, divided by n.
    /// </remarks>
    public override void AddGradient(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape, Span<float> gradients)
    {
        CheckLengths(weights, gradients);
        using Vectors vectors = Read(weights, shape);
        if (vectors.Count < 2)
            return;
        double[] rented = ArrayPool<double>.Shared.Rent(vectors.Length);
        Span<double> sum = rented.AsSpan(0, vectors.Length);
        for (int i = 0; i < vectors.Count; i++)
        {
            sum.Clear();
            double along = 0;
            for (int j = 0; j < vectors.Count; j++)
            {
                double product = j == i ? 0 : vectors.Product(i, j);
                // Of a shorter vector the divisor is constant, so that nothing is taken away along the vector.
                along += vectors.IsScaled(i) ? Math.Abs(product) : 0;
                for (int k = 0; k < sum.Length; k++)
                    sum[k] += Math.Sign(product) * vectors.Unit(j)[k];
            }
            double scale = _factor / Pairs(vectors.Count) / vectors.Divisor(i);
            for (int k = 0; k < sum.Length; k++)
                gradients[vectors.Index(i, k)] += (float)(scale * (sum[k] - (along * vectors.Unit(i)[k])));
        }
        ArrayPool<double>.Shared.Return(rented);
    }

    private static double Pairs(double count) => count * (count - 1) / 2;

    private Vectors Read(ReadOnlySpan<float> weights, ReadOnlySpan<int> shape)
    {
        if (shape.Length != 2 || (long)shape[0] * shape[1] != weights.Length)
        {
            throw new ArgumentException(
                $"OrthogonalRegularizer takes matrices only; the shape is {TensorInfo.FormatShape(shape)} and there are {weights.Length} elements.", nameof(shape));
        }
        return new Vectors(weights, shape[0], shape[1], _ofRows);
    }

    /// <summary>The rows or columns of a matrix, divided by their norms, in rented memory.</summary>
    private readonly ref struct Vectors : IDisposable
    {
        private readonly double[] _units;
        private readonly double[] _norms;
        private readonly int _stride;
        private readonly int _step;

        internal Vectors(ReadOnlySpan<float> matrix, int rows, int columns, bool ofRows)
        {
            (Count, Length, _stride, _step) = ofRows ? (rows, columns, columns, 1) : (columns, rows, 1, columns);
            _units = ArrayPool<double>.Shared.Rent(matrix.Length);
            _norms = ArrayPool<double>.Shared.Rent(Count);
            for (int i = 0; i < Count; i++)
            {
                double square = 0;
                for (int k = 0; k < Length; k++)
                    square += (double)matrix[Index(i, k)] * matrix[Index(i, k)];
                _norms[i] = Math.Sqrt(square);
                for (int k = 0; k < Length; k++)
                    _units[(i * Length) + k] = matrix[Index(i, k)] / Divisor(i);
            }
        }

        internal int Count { get; }

        internal int Length { get; }

        /// <summary>The place of element <paramref name="k"/> of vector <paramref name="i"/> in the matrix.</summary>
        internal int Index(int i, int k) => (i * _stride) + (k * _step);

        internal ReadOnlySpan<double> Unit(int i) => _units.AsSpan(i * Length, Length);

        internal double Divisor(int i) => Math.Max(_norms[i], SmallestDivisor);

        /// <summary>Whether vector <paramref name="i"/> is long enough to be divided by its own norm.</summary>
        internal bool IsScaled(int i) => _norms[i] > SmallestDivisor;

        internal double Product(int i, int j)
        {
            ReadOnlySpan<double> x = Unit(i), y = Unit(j);
            double sum = 0;
            for (int k = 0; k < x.Length; k++)
                sum += x[k] * y[k];
            return sum;
        }

        public void Dispose()
        {
            ArrayPool<double>.Shared.Return(_units);
            ArrayPool<double>.Shared.Return(_norms);
        }
    }
}
