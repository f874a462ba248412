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
        if (a.Rank != b.Rank || a.Rank is < 3 or > 4 || (a.Rank == 3 && ((this.Left | this.Right | this.Product) & MatrixForm.Interleaved) != 0))
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

        return [TensorType.Float(a.Rank == 3 ? Shape.Of(left.Outer, m, n) : (this.Product & MatrixForm.Interleaved) != 0 ? Shape.Of(left.Outer, m, left.Heads, n) : Shape.Of(left.Outer, left.Heads, m, n))];
    }

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
            MatrixForm form = this.Left & MatrixForm.Interleaved;
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
            MatrixForm form = this.Right & MatrixForm.Interleaved;
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

    // Rows of the left matrices may be steps: queries of a decoder on what its encoder gave.
    public override Value[]? Stream(StreamContext context)
    {
        Dim inner = Sizes(MatrixBatch.Of(context.Node.Inputs[0].Shape, this.Left), this.Left).Columns;
        bool rightHasTime = Enumerable.Range(0, context.Node.Inputs[1].Shape.Rank).Any(axis => context.HasTime(1, axis));
        return this.Triangle != Triangle.None || rightHasTime || context.HasTime(inner) ? null : context.Apply(this);
    }

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
/// <param name="IsInterleaved">Whether the heads lie within the rows.</param>
internal sealed record MatrixBatch(Dim Outer, Dim Heads, Dim Rows, Dim Columns, bool IsInterleaved)
{
    public static MatrixBatch Of(Shape shape, MatrixForm form)
    {
        bool isInterleaved = (form & MatrixForm.Interleaved) != 0;
        return shape.Rank == 3 ? new MatrixBatch(shape[0], 1, shape[1], shape[2], false)
            : isInterleaved ? new MatrixBatch(shape[0], shape[2], shape[1], shape[3], true)
            : new MatrixBatch(shape[0], shape[1], shape[2], shape[3], false);
    }

    /// <summary>Floats from row to row.</summary>
    public Dim RowStride => this.IsInterleaved ? this.Heads * this.Columns : this.Columns;

    /// <summary>Floats from head to head.</summary>
    public Dim HeadStride => this.IsInterleaved ? this.Columns : this.Rows * this.Columns;

    /// <summary>Floats from sample to sample.</summary>
    public Dim OuterStride => this.Heads * this.Rows * this.Columns;

    /// <summary>Where an element lies, if the sizes are constants.</summary>
    public int Place(int matrix, int row, int column)
    {
        int heads = (int)this.Heads.Constant;
        return (int)((matrix / heads * this.OuterStride.Constant) + (matrix % heads * this.HeadStride.Constant) + (row * this.RowStride.Constant)) + column;
    }
}
