namespace NetGen.Generator;

/// <summary>
/// Y[..., o, ...] = sum over k of Weights[o, k] X[..., Starts[o] + k, ...] along one axis of Size: a matrix of constants, of whose rows only a band of equal width is stored.
/// </summary>
internal sealed record Resample(int Axis, int Size, EquatableArray<int> Starts, EquatableArray<double> Weights) : Op
{
    /// <summary>How many numbers of X one of Y is made of.</summary>
    public int Taps => this.Weights.Count / this.Starts.Count;

    public override string Name => "Resample";

    protected override string Arguments => $"axis={this.Axis}, {this.Size} to {this.Starts.Count}, {this.Taps} taps";

    /// <summary>From the rows of the matrix: where each begins, and its numbers.</summary>
    public static Resample Of(int axis, int size, IReadOnlyList<(int Start, double[] Weights)> rows)
    {
        int taps = Math.Max(1, rows.Max(r => r.Weights.Length));
        List<int> starts = [];
        List<double> weights = [];
        foreach ((int start, double[] row) in rows)
        {
            // A band at the end begins earlier, so that all of it lies inside.
            int first = Math.Min(start, size - taps);
            starts.Add(first);
            weights.AddRange([.. new double[start - first], .. row, .. new double[taps - row.Length - (start - first)]]);
        }

        return new Resample(axis, size, starts.ToEquatableArray(), weights.ToEquatableArray());
    }

    public override TensorType[] Infer(TensorType[] inputs)
    {
        Shape x = inputs[0].Shape;
        return this.Axis >= 0 && this.Axis < x.Rank && x[this.Axis] == this.Size
            ? [TensorType.Float(x.With(this.Axis, this.Starts.Count))]
            : throw new ShapeException($"Axis {this.Axis} of {x} does not have the size {this.Size}.");
    }

    public override Value?[] Differentiate(GradientContext context) => [context.Graph.Add(this.Transposed(), context.DY)];

    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs) =>
        this.Starts.Count == this.Size && Enumerable.Range(0, this.Size).All(o => Enumerable.Range(0, this.Taps).All(k => this.Weights[(o * this.Taps) + k] == (this.Starts[o] + k == o ? 1 : 0)))
            ? inputs[0] : null;

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        DoubleTensor x = context.X;
        int inner = DoubleTensor.CountOf([.. x.Shape.Skip(this.Axis + 1)]), count = this.Starts.Count;
        int[] shape = (int[])x.Shape.Clone();
        shape[this.Axis] = count;
        DoubleTensor y = DoubleTensor.Zeros(shape);
        for (int i = 0; i < y.Data.Length; i++)
        {
            (int outer, int o, int at) = (i / (count * inner), i / inner % count, i % inner);
            for (int k = 0; k < this.Taps; k++)
            {
                y.Data[i] += this.Weights[(o * this.Taps) + k] * x.Data[(((outer * this.Size) + this.Starts[o] + k) * inner) + at];
            }
        }

        return [y];
    }

    /// <summary>The transpose of the matrix, as bands too.</summary>
    private Resample Transposed()
    {
        double[][] columns = [.. Enumerable.Range(0, this.Size).Select(_ => new double[this.Starts.Count])];
        for (int i = 0; i < this.Weights.Count; i++)
        {
            columns[this.Starts[i / this.Taps] + (i % this.Taps)][i / this.Taps] += this.Weights[i];
        }

        return Of(this.Axis, this.Starts.Count, [.. columns.Select(c =>
        {
            int first = Math.Max(0, Array.FindIndex(c, w => w != 0)), last = Array.FindLastIndex(c, w => w != 0);
            return (first, c.Skip(first).Take(last + 1 - first).ToArray());
        })]);
    }
}
