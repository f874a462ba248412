namespace NetGen.Generator;

/// <summary>NumPy's matmul of what each sample has; what has no batch is the same for all samples.</summary>
internal sealed class MatMulLayer : Layer
{
    public override string Kind => "Ops.MatMul";

    public override (int Least, int Most) Inputs => (2, 2);

    public override IReadOnlyList<string> Arguments => [];

    public override Value Build(LayerContext context)
    {
        (Value a, Value b) = (context.Inputs[0], context.Inputs[1]);
        Graph g = context.Graph;
        Shape left = Matrix(context, 0), right = Matrix(context, 1);

        // Vectors are a row on the left and a column on the right; the axis goes again behind the product.
        bool isRow = left.Rank == 1, isColumn = right.Rank == 1;
        left = isRow ? Shape.Of(1) + left : left;
        right = isColumn ? right + Shape.Of(1) : right;
        if (left.Last != right[-2])
        {
            throw context.FailOnInput(1, $"The inner sizes of {a.Shape} and {b.Shape} differ: {left.Last} and {right[-2]}.");
        }

        Shape outer = Shape.Broadcast(left.Slice(0, left.Rank - 2), right.Slice(0, right.Rank - 2))
            ?? throw context.FailOnInput(1, $"The axes before the matrices of {a.Shape} and {b.Shape} do not broadcast.");
        Value y = !Batch.IsIn(b) && right.Rank == 2 ? this.RowsTimesMatrix(g, a, left, b, right) : this.Batches(g, a, left, b, right, outer);
        Value like = Batch.IsIn(a) ? a : b;
        return g.Add(new Reshape(Batch.With(like, outer + (isRow ? Shape.Scalar : Shape.Of(left[-2])) + (isColumn ? Shape.Scalar : Shape.Of(right.Last)))), y);
    }

    private static Shape Matrix(LayerContext context, int input)
    {
        Shape sample = Batch.Sample(context.Inputs[input].Shape);
        return sample.Rank > 0 ? sample : throw context.FailOnInput(input, $"{context.Place} takes vectors and matrices, not {context.Inputs[input].Shape}.");
    }

    /// <summary>All rows of all samples times one matrix.</summary>
    private Value RowsTimesMatrix(Graph g, Value a, Shape left, Value b, Shape right)
    {
        Dim batch = Batch.IsIn(a) ? a.Shape[0] : 1;
        Value rows = g.Add(new Reshape(Shape.Of(batch * left.CountOf(0, left.Rank - 1), left.Last)), a);
        return g.Add(new MatMul(), rows, b.Shape == right ? b : g.Add(new Reshape(right), b));
    }

    /// <summary>A product for each sample and place of the outer axes.</summary>
    private Value Batches(Graph g, Value a, Shape left, Value b, Shape right, Shape outer)
    {
        Dim batch = Batch.IsIn(a) ? a.Shape[0] : Batch.IsIn(b) ? b.Shape[0] : 1;
        return g.Add(new BatchMatMul(), Of(a, left), Of(b, right));

        Value Of(Value x, Shape matrix)
        {
            Shape ones = Shape.Of(Enumerable.Repeat((Dim)1, outer.Rank + 2 - matrix.Rank));
            Shape own = Shape.Of(Batch.IsIn(x) ? batch : 1) + ones + matrix, full = Shape.Of(batch) + outer + matrix.Slice(matrix.Rank - 2, matrix.Rank);
            Value y = x.Shape == own ? x : g.Add(new Reshape(own), x);
            y = own == full ? y : g.Add(new Map(Expr.In(0), full), y);
            return g.Add(new Reshape(Shape.Of(full.CountOf(0, full.Rank - 2), full[-2], full.Last)), y);
        }
    }
}
