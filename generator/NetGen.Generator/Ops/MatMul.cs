namespace NetGen.Generator;

/// <summary>
/// Y (M,N) = op(A) · op(B), where op transposes or not. A is (M,K), or (K,M) when transposed; B is (K,N), or (N,K) when transposed.
/// Rows may be a run-time size. Products over more axes reshape first.
/// </summary>
internal sealed record MatMul(bool TransposeA = false, bool TransposeB = false) : Op
{
    public override string Name => "MatMul";

    protected override string Arguments => string.Join(", ", new[] { this.TransposeA ? "transA" : "", this.TransposeB ? "transB" : "" }.Where(s => s.Length > 0));

    public override TensorType[] Infer(TensorType[] inputs)
    {
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        if (a.Rank != 2 || b.Rank != 2)
        {
            throw new ShapeException($"A product takes two matrices, not {a} and {b}.");
        }

        (Dim m, Dim ka) = this.TransposeA ? (a[1], a[0]) : (a[0], a[1]);
        (Dim kb, Dim n) = this.TransposeB ? (b[1], b[0]) : (b[0], b[1]);
        return ka == kb ? [TensorType.Float(Shape.Of(m, n))] : throw new ShapeException($"The inner sizes of {a} and {b} differ: {ka} and {kb}.");
    }

    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        (Value a, Value b, Value dY) = (context.X[0], context.X[1], context.DY);
        Value? dA = !context.Needs(0) ? null
            : this.TransposeA ? g.Add(new MatMul(this.TransposeB, true), b, dY)
            : g.Add(new MatMul(false, !this.TransposeB), dY, b);
        Value? dB = !context.Needs(1) ? null
            : this.TransposeB ? g.Add(new MatMul(true, this.TransposeA), dY, a)
            : g.Add(new MatMul(!this.TransposeA, false), a, dY);
        return [dA, dB];
    }

    public override Value[]? Stream(StreamContext context) => context.IsStreamed(1) || context.HasTime(0, this.TransposeA ? 0 : 1) ? null : context.Apply(this);

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor a, DoubleTensor b) = (context.Inputs[0], context.Inputs[1]);
        (int m, int k) = this.TransposeA ? (a.Shape[1], a.Shape[0]) : (a.Shape[0], a.Shape[1]);
        int n = this.TransposeB ? b.Shape[0] : b.Shape[1];
        double[] y = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int p = 0; p < k; p++)
            {
                double x = a.Data[this.TransposeA ? (p * m) + i : (i * k) + p];
                for (int j = 0; j < n; j++)
                {
                    y[(i * n) + j] += x * b.Data[this.TransposeB ? (j * k) + p : (p * n) + j];
                }
            }
        }

        return [new DoubleTensor([m, n], y)];
    }
}
