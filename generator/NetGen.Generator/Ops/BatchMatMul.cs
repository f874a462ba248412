namespace NetGen.Generator;

/// <summary>How the matrices of one operand of a <see cref="BatchMatMul"/> lie.</summary>
[Flags]
internal enum MatrixForm
{
    /// <summary>(batch, rows, columns), or with heads (batch, heads, rows, columns).</summary>
    Plain = 0,

    /// <summary>The product takes the transpose of each matrix.</summary>
    Transposed = 1,

    /// <summary>(batch, rows, heads, columns): what a projection to several heads gives, with no copy.</summary>
    Interleaved = 2,

    /// <summary>(rows, batch, columns) or (rows, batch, heads, columns): what a stream keeps, in which time comes first.</summary>
    RowsFirst = 4,
}

/// <summary>What has only zeros above its diagonal, so that the product leaves them out.</summary>
internal enum Triangle
{
    None,

    /// <summary>The left matrices, as they are stored; the zeros are really there.</summary>
    Left,

    /// <summary>The right matrices, as they are stored; the zeros are really there.</summary>
    Right,

    /// <summary>The products: what would stand above the diagonal is not computed, and 0.</summary>
    Product,
}

/// <summary>
/// Y[b, h] (M,N) = op(A[b, h]) · op(B[b, h]) for each sample and head: ONNX's MatMul of rank 3 and 4. Heads may lie outside or inside the rows of each operand, which is how attention
/// needs no transposed copies; a triangle is what causal attention leaves out.
/// </summary>
internal sealed record BatchMatMul(MatrixForm Left = MatrixForm.Plain, MatrixForm Right = MatrixForm.Plain, MatrixForm Product = MatrixForm.Plain, Triangle Triangle = Triangle.None) : Op
{
    public override string Name => "BatchMatMul";

    protected override string Arguments => string.Join(", ", new[] { Text("A", this.Left), Text("B", this.Right), Text("Y", this.Product), this.Triangle == Triangle.None ? "" : $"lower={this.Triangle}" }.Where(s => s.Length > 0));

    public override TensorType[] Infer(TensorType[] inputs)
    {
        (Shape a, Shape b) = (inputs[0].Shape, inputs[1].Shape);
        if (a.Rank != b.Rank || a.Rank is < 3 or > 4 || (a.Rank == 3 && ((this.Left | this.Right | this.Product) & MatrixForm.Interleaved) != 0) || new[] { this.Left, this.Right, this.Product }.Any(f => (f & Order) == Order))
        {
            throw new ShapeException($"A product of batches takes (batch, rows, columns) or, with heads, rank 4, not {a} and {b}.");
        }

        MatrixBatch left = MatrixBatch.Of(a, this.Left), right = MatrixBatch.Of(b, this.Right);
        if (left.Outer != right.Outer || left.Heads != right.Heads)
        {
            throw new ShapeException($"The batches or heads of {a} and {b} differ.");
        }

        (Dim m, Dim ka) = Sizes(left, this.Left);
        (Dim kb, Dim n) = Sizes(right, this.Right);
        if (ka != kb)
        {
            throw new ShapeException($"The inner sizes of {a} and {b} differ: {ka} and {kb}.");
        }

        Dim[] heads = a.Rank == 3 ? [] : [left.Heads];
        return [TensorType.Float(Shape.Of((this.Product & Order) switch
        {
            MatrixForm.RowsFirst => [m, left.Outer, .. heads, n],
            MatrixForm.Interleaved => [left.Outer, m, .. heads, n],
            _ => [left.Outer, .. heads, m, n],
        }))];
    }

    /// <summary>What tells where rows and heads lie.</summary>
    public const MatrixForm Order = MatrixForm.Interleaved | MatrixForm.RowsFirst;

    /// <summary>Rows and columns as the product takes them.</summary>
    public static (Dim Rows, Dim Columns) Sizes(MatrixBatch matrices, MatrixForm form) => (form & MatrixForm.Transposed) != 0 ? (matrices.Columns, matrices.Rows) : (matrices.Rows, matrices.Columns);

    // Zeros above the diagonal of a product make its gradient triangular; a triangular operand has a triangular gradient, because its zeros are no variables.
    public override Value?[] Differentiate(GradientContext context)
    {
        Graph g = context.Graph;
        (Value a, Value b, Value dY) = (context.X[0], context.X[1], context.DY);
        MatrixForm dYForm = this.Product;
        return [!context.Needs(0) ? null : Left(), !context.Needs(1) ? null : Right()];

        Value Left()
        {
            bool isTransposed = (this.Left & MatrixForm.Transposed) != 0;
            MatrixForm form = this.Left & Order;
            Triangle triangle = this.Triangle switch
            {
                Triangle.Left => Triangle.Product,
                Triangle.Right => isTransposed ? Triangle.Left : Triangle.Right,
                Triangle.Product => isTransposed ? Triangle.Right : Triangle.Left,
                _ => Triangle.None,
            };
            return isTransposed ? g.Add(new BatchMatMul(this.Right, dYForm | MatrixForm.Transposed, form, triangle), b, dY)
                : g.Add(new BatchMatMul(dYForm, this.Right ^ MatrixForm.Transposed, form, triangle), dY, b);
        }

        Value Right()
        {
            bool isTransposed = (this.Right & MatrixForm.Transposed) != 0;
            MatrixForm form = this.Right & Order;
            Triangle triangle = this.Triangle switch
            {
                Triangle.Left => isTransposed ? Triangle.Right : Triangle.Left,
                Triangle.Right => Triangle.Product,
                Triangle.Product => isTransposed ? Triangle.Left : Triangle.Right,
                _ => Triangle.None,
            };
            return isTransposed ? g.Add(new BatchMatMul(dYForm | MatrixForm.Transposed, this.Left, form, triangle), dY, a)
                : g.Add(new BatchMatMul(this.Left ^ MatrixForm.Transposed, dYForm, form, triangle), a, dY);
        }
    }

    // What a stream keeps is read as it lies.
    public override Value? Simplify(Graph graph, IReadOnlyList<Value> inputs)
    {
        (Value a, MatrixForm left) = Kept(inputs[0], this.Left);
        (Value b, MatrixForm right) = Kept(inputs[1], this.Right);
        return left == this.Left && right == this.Right ? null : graph.Add(this with { Left = left, Right = right }, a, b);

        static (Value Matrices, MatrixForm Form) Kept(Value x, MatrixForm form) =>
            x.Producer is { Op: Transpose { Permutation: [1, 0, ..] turn }, Inputs: [{ Producer: { Op: Concat, Inputs: [{ IsGrowing: true }, ..] } } kept] }
            && turn.Skip(2).Select((axis, i) => axis == i + 2).All(stays => stays) && (form & Order) == (x.Shape.Rank == 3 ? MatrixForm.Plain : MatrixForm.Interleaved)
                ? (kept, (form & ~Order) | MatrixForm.RowsFirst) : (x, form);
    }

    // Rows of the left matrices may be steps: queries of a decoder on what its encoder gave. Where the zeros of causal weights tell that nothing comes behind a step, the inner size may be time.
    public override Value[]? Stream(StreamContext context)
    {
        (int columns, int rows) = (context.Node.Inputs[0].Shape.Rank - 1, RowAxis(context.Node.Inputs[1].Shape.Rank, this.Right));
        if (this is { Triangle: Triangle.Left, Left: MatrixForm.Plain } && (this.Right & MatrixForm.Transposed) == 0 && context.HasTime(0, columns) && context.HasTime(1, rows))
        {
            return [context.Graph.Add(this with { Triangle = Triangle.None }, context.SoFar(0, columns), context.SoFar(1, rows))];
        }

        return this.Triangle == Triangle.None && !context.HasTime(1, rows, columns) && !context.HasTime(0, this.InnerOfLeft(columns)) ? context.Apply(this) : null;
    }

    // Queries of the call with the keys of all steps so far; a causal softmax leaves out what stands above the diagonal, which is computed here.
    public override Value? StreamSoFar(StreamContext context, int axis)
    {
        int columns = context.Node.Output.Shape.Rank - 1;
        int keys = (this.Right & MatrixForm.Transposed) == 0 ? columns : RowAxis(columns + 1, this.Right);
        return axis == columns && this.Triangle == Triangle.Product && context.HasTime(1, keys) && !context.HasTime(0, this.InnerOfLeft(columns))
            ? context.Graph.Add(this with { Triangle = Triangle.None }, context.Input(0), context.SoFar(1, keys)) : null;
    }

    /// <summary>The axis of the left matrices over which the product sums.</summary>
    private int InnerOfLeft(int columns) => (this.Left & MatrixForm.Transposed) != 0 ? RowAxis(columns + 1, this.Left) : columns;

    /// <summary>The axis of the rows of stored matrices.</summary>
    private static int RowAxis(int rank, MatrixForm form) => (form & MatrixForm.RowsFirst) != 0 ? 0 : rank == 3 || (form & MatrixForm.Interleaved) != 0 ? 1 : 2;

    public override DoubleTensor[] Evaluate(EvaluationContext context)
    {
        (DoubleTensor a, DoubleTensor b) = (context.Inputs[0], context.Inputs[1]);
        Shape Constant(DoubleTensor t) => Shape.Of(t.Shape.Select(d => (Dim)d));
        Shape shape = this.Infer([TensorType.Float(Constant(a)), TensorType.Float(Constant(b))])[0].Shape;
        MatrixBatch left = MatrixBatch.Of(Constant(a), this.Left), right = MatrixBatch.Of(Constant(b), this.Right), product = MatrixBatch.Of(shape, this.Product);
        (int m, int n, int inner) = ((int)product.Rows.Constant, (int)product.Columns.Constant, (int)Sizes(left, this.Left).Columns.Constant);
        (bool transposeA, bool transposeB) = ((this.Left & MatrixForm.Transposed) != 0, (this.Right & MatrixForm.Transposed) != 0);
        DoubleTensor y = DoubleTensor.Zeros(shape.Evaluate(new Dictionary<string, long>()));
        for (int matrix = 0; matrix < left.Outer.Constant * left.Heads.Constant; matrix++)
        {
            for (int i = 0; i < m; i++)
            {
                for (int j = 0; j < (this.Triangle == Triangle.Product ? Math.Min(n, i + 1) : n); j++)
                {
                    double sum = 0;
                    for (int k = 0; k < inner; k++)
                    {
                        (int rowA, int columnA) = transposeA ? (k, i) : (i, k);
                        (int rowB, int columnB) = transposeB ? (j, k) : (k, j);
                        bool isZero = (this.Triangle == Triangle.Left && columnA > rowA) || (this.Triangle == Triangle.Right && columnB > rowB);
                        sum += isZero ? 0 : a.Data[left.Place(matrix, rowA, columnA)] * b.Data[right.Place(matrix, rowB, columnB)];
                    }

                    y.Data[product.Place(matrix, i, j)] = sum;
                }
            }
        }

        return [y];
    }

    private static string Text(string operand, MatrixForm form) => form == MatrixForm.Plain ? "" : $"{operand}={string.Join("+", form.ToString().ToLowerInvariant().Split([", "], StringSplitOptions.None))}";
}

/// <summary>Matrices by sample and head, as they are stored.</summary>
/// <param name="Outer">Samples.</param>
/// <param name="Heads">Heads of each; 1 where there are none.</param>
/// <param name="Rows">Rows of a matrix.</param>
/// <param name="Columns">Its columns, which lie side by side.</param>
/// <param name="Order"><see cref="MatrixForm.Interleaved"/> or <see cref="MatrixForm.RowsFirst"/> where samples and heads do not stand before the rows.</param>
internal sealed record MatrixBatch(Dim Outer, Dim Heads, Dim Rows, Dim Columns, MatrixForm Order)
{
    public static MatrixBatch Of(Shape shape, MatrixForm form)
    {
        bool isRowsFirst = (form & MatrixForm.RowsFirst) != 0, isInterleaved = (form & MatrixForm.Interleaved) != 0;
        (int outer, int rows) = isRowsFirst ? (1, 0) : (0, shape.Rank == 3 || isInterleaved ? 1 : 2);
        Dim heads = shape.Rank == 3 ? 1 : shape[isRowsFirst || isInterleaved ? 2 : 1];
        return new MatrixBatch(shape[outer], heads, shape[rows], shape.Last, form & BatchMatMul.Order);
    }

    /// <summary>Floats from row to row.</summary>
    public Dim RowStride => this.Order switch
    {
        MatrixForm.RowsFirst => this.Outer * this.Heads * this.Columns,
        MatrixForm.Interleaved => this.Heads * this.Columns,
        _ => this.Columns,
    };

    /// <summary>Floats from head to head.</summary>
    public Dim HeadStride => this.Order == MatrixForm.Plain ? this.Rows * this.Columns : this.Columns;

    /// <summary>Floats from sample to sample.</summary>
    public Dim OuterStride => this.Order == MatrixForm.RowsFirst ? this.Heads * this.Columns : this.Heads * this.Rows * this.Columns;

    /// <summary>The same, if it need not be known how many samples there are.</summary>
    public MatrixBatch OfAnySamples => this.Order == MatrixForm.RowsFirst ? this : this with { Outer = 1 };

    /// <summary>Where an element lies, if the sizes are constants.</summary>
    public int Place(int matrix, int row, int column)
    {
        int heads = (int)this.Heads.Constant;
        return (int)((matrix / heads * this.OuterStride.Constant) + (matrix % heads * this.HeadStride.Constant) + (row * this.RowStride.Constant)) + column;
    }
}
