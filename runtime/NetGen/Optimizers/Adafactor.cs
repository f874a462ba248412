using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// Adafactor (Shazeer and Stern, 2018), which keeps of the squared gradients of a matrix a mean for each row and each column only. With t from 1, <c>beta = 1 - t^Beta2Decay</c> and
/// <c>s = g² + Epsilon1</c>: <c>r = beta r + (1 - beta) mean of s over columns</c>, <c>c</c> likewise over rows, <c>v = r / mean(r) * c</c>; a vector has <c>v = beta v + (1 - beta) s</c>. Then
/// <c>u = g / sqrt(v)</c> and <c>w -= max(Epsilon2, rms(w)) * min(learningRate, 1 / sqrt(t)) * u / max(1, rms(u) / ClipThreshold)</c>.
/// </summary>
/// <remarks>Rows and columns are the last two axes in Keras's layout; each pair of them of a variable with more axes is a matrix of its own.</remarks>
public sealed class Adafactor : Optimizer
{
    private const int Rows = 0, Columns = 1, Velocity = 2;

    /// <summary>Adafactor with the learning rate 0.001.</summary>
    public Adafactor() : this(0.001) { }

    /// <summary>Adafactor.</summary>
    /// <param name="learningRate">A number that is not negative, or a schedule.</param>
    public Adafactor(LearningRate learningRate) : base(learningRate) { }

    /// <summary>The power of the step with which the means come to forget more slowly: not above 0; -0.8 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is above 0, infinite or NaN.</exception>
    public double Beta2Decay
    {
        get;
        init => field = Arguments.NotPositive(value, nameof(Beta2Decay));
    } = -0.8;

    /// <summary>What is added to the squared gradients; 1e-30 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon1
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon1));
    } = 1e-30;

    /// <summary>The least size of a variable that steps go by; 0.001 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive as a float.</exception>
    public double Epsilon2
    {
        get;
        init => field = Arguments.Epsilon(value, nameof(Epsilon2));
    } = 1e-3;

    /// <summary>The largest root mean square of u, which is no clipping of gradients; 1 by default.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not positive or not finite.</exception>
    public double ClipThreshold
    {
        get;
        init => field = Arguments.Positive(value, nameof(ClipThreshold));
    } = 1;

    /// <summary>Whether a learning rate that is a number is lowered to <c>1 / sqrt(t)</c>; true by default. As in Keras the rule above does so anyway.</summary>
    public bool RelativeStep { get; init; } = true;

    /// <summary>False, for there are rows, columns and means of whole variables.</summary>
    public override bool IsElementwise => false;

    /// <summary><c>r</c> and <c>c</c> of variables with two axes or more, <c>velocity</c> of others.</summary>
    public override IReadOnlyList<string> SlotNames => ["r", "c", "velocity"];

    /// <inheritdoc/>
    public override int[] SlotShape(int slot, ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        ReadOnlySpan<int> shape = variable.Shape;
        bool isFactored = shape.Length >= 2;
        if (isFactored != (slot != Velocity))
            return [0];
        return slot switch
        {
            Rows => shape[..^1].ToArray(),
            Columns => [.. shape[..^2], shape[^1]],
            _ => shape.ToArray(),
        };
    }

    /// <summary>The direction u of each weight.</summary>
    protected internal override int ScratchLength(ParameterInfo variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return variable.Count;
    }

    /// <inheritdoc/>
    protected internal override unsafe void UpdateVariable(
        in UpdateContext context, ParameterInfo variable, Span<float> weights, ReadOnlySpan<float> gradients, SlotRanges slots, Span<float> scratch)
    {
        ArgumentNullException.ThrowIfNull(variable);
        double step = context.Iteration + 1, fall = 1 / Math.Sqrt(step), rate = context.LearningRate;
        if (RelativeStep && LearningRate.Schedule is null)
            rate = Math.Min(rate, fall);
        double beta = 1 - Math.Pow(step, Beta2Decay);
        Span<float> directions = scratch[..weights.Length];
        fixed (float* w = weights, g = gradients, u = directions)
        {
            Lanes.Run(new GradientKernel(context, w, g, u), weights.Length);
            double size = Math.Max(Epsilon2, RootMeanSquare(weights)) * Math.Min(rate, fall);
            if (variable.Shape.Length < 2)
            {
                fixed (float* v = slots[Velocity])
                    Lanes.Run(new VectorKernel(u, v, (float)beta, (float)(1 - beta), (float)Epsilon1), weights.Length);
            }
            else
            {
                int rows = variable.Shape[^2], columns = variable.Shape[^1];
                for (int matrix = 0; matrix < weights.Length / (rows * columns); matrix++)
                    Divide(directions.Slice(matrix * rows * columns, rows * columns), columns, slots[Rows].Slice(matrix * rows, rows), slots[Columns].Slice(matrix * columns, columns), beta);
            }
            double clip = Math.Max(1, RootMeanSquare(directions) / ClipThreshold);
            Lanes.Run(new AddKernel(w, u, 1, -(float)(size / clip)), weights.Length);
        }
    }

    /// <summary>Takes the gradients of a matrix into the means, and makes its directions of them.</summary>
    private unsafe void Divide(Span<float> gradients, int columns, Span<float> rowMeans, Span<float> columnMeans, double beta)
    {
        double sum = 0;
        for (int row = 0; row < rowMeans.Length; row++)
        {
            double mean = (Sums.OfSquares(gradients.Slice(row * columns, columns)) / columns) + Epsilon1;
            rowMeans[row] = (float)((beta * rowMeans[row]) + ((1 - beta) * mean));
            sum += rowMeans[row];
        }
        double average = sum / rowMeans.Length;
        fixed (float* g = gradients, c = columnMeans)
        {
            Lanes.Run(new ColumnKernel(g, c, rowMeans.Length, columns, (float)beta, (float)((1 - beta) / rowMeans.Length), (float)((1 - beta) * Epsilon1)), columns);
            for (int row = 0; row < rowMeans.Length; row++)
                Lanes.Run(new RowKernel(g + ((nint)row * columns), c, (float)(rowMeans[row] / average)), columns);
        }
    }

    private static double RootMeanSquare(ReadOnlySpan<float> values) => Math.Sqrt(Sums.OfSquares(values) / values.Length);

    private readonly unsafe struct VectorKernel(float* u, float* v, float beta, float rate, float epsilon) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes gradient = TLanes.Load(u + index), felt = TLanes.Flush(gradient, Tiny.SubnormalSquare);
            TLanes square = TLanes.MultiplyAdd(felt, felt, TLanes.Broadcast(epsilon)) * TLanes.Broadcast(rate);
            square = TLanes.MultiplyAdd(TLanes.Load(v + index), TLanes.Broadcast(beta), square);
            TLanes.Store(square, v + index);
            TLanes.Store(gradient / TLanes.Sqrt(square), u + index);
        }
    }

    private readonly unsafe struct ColumnKernel(float* g, float* c, int rows, int columns, float beta, float rate, float constant) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
        {
            TLanes sum = TLanes.Broadcast(0);
            float* row = g + index;
            for (int i = 0; i < rows; i++, row += columns)
            {
                TLanes felt = TLanes.Flush(TLanes.Load(row), Tiny.SubnormalSquare);
                sum = TLanes.MultiplyAdd(felt, felt, sum);
            }
            sum = TLanes.MultiplyAdd(sum, TLanes.Broadcast(rate), TLanes.Broadcast(constant));
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(c + index), TLanes.Broadcast(beta), sum), c + index);
        }
    }

    private readonly unsafe struct RowKernel(float* g, float* c, float factor) : ILaneKernel
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>
            => TLanes.Store(TLanes.Load(g + index) / TLanes.Sqrt(TLanes.Load(c + index) * TLanes.Broadcast(factor)), g + index);
    }
}
