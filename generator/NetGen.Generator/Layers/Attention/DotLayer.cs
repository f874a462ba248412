namespace NetGen.Generator;

/// <summary>Scalar products along one axis of each input: (batch, ..a.., axis) and (batch, ..b.., axis) to (batch, ..a.., ..b..); (batch, 1) of two vectors.</summary>
internal sealed class DotLayer : Layer
{
    /// <summary>The square of a length below which a vector is not brought to length 1, as in Keras.</summary>
    private const double LeastSquare = 1e-12;

    public override string Kind => "Dot";

    public override (int Least, int Most) Inputs => (2, 2);

    public override IReadOnlyList<string> Arguments => ["Axes", "Normalize"];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        IReadOnlyList<long> given = context.Integers("Axes", null);
        if (given.Count is < 1 or > 2)
        {
            throw context.Fail("NG0012", "Axes", $"Axes of {context.Place} takes one axis, or one of each input, not {given.Count}.");
        }

        (Value first, int axis) = Vectors(0, given[0]);
        (Value second, int otherAxis) = Vectors(1, given[given.Count - 1]);
        (Shape a, Shape b) = (context.Inputs[0].Shape, context.Inputs[1].Shape);
        if (a[axis] != b[otherAxis])
        {
            throw context.FailOnInput(1, $"{context.Place} multiplies along axis {axis} of {a} and axis {otherAxis} of {b}, whose sizes {a[axis]} and {b[otherAxis]} differ.");
        }

        Value product = g.Add(new BatchMatMul(Right: MatrixForm.Transposed), first, second);
        Shape output = Shape.Of(a.Dims.Where((_, i) => i != axis).Concat(b.Dims.Where((_, i) => i != 0 && i != otherAxis)));
        return g.Add(new Reshape(output.Rank == 1 ? output + Shape.Of(1) : output), product);

        // An input as (batch, vectors, axis).
        (Value Vectors, int Axis) Vectors(int input, long wanted)
        {
            Value x = context.Inputs[input];
            int rank = x.Shape.Rank;
            if (wanted < -rank || wanted >= rank || wanted == 0 || wanted == -rank)
            {
                throw context.Fail("NG0012", "Axes", $"Axes of {context.Place} must be axes of {context.Inputs[0].Shape} and {context.Inputs[1].Shape} other than the batch, not {wanted}.");
            }

            int at = (int)(wanted < 0 ? wanted + rank : wanted);
            if (at != rank - 1)
            {
                x = g.Add(new Transpose(Enumerable.Range(0, rank).Where(i => i != at).Append(at).ToEquatableArray()), x);
            }

            x = g.Add(new Reshape(Shape.Of(x.Shape[0], x.Shape.CountOf(1, rank - 1), x.Shape.Last)), x);
            if (context.Boolean("Normalize", false))
            {
                Value squares = g.Add(new ReduceSum(EquatableArray.Of(2), KeepDims: true), g.Add(new Map(Expr.In(0) * Expr.In(0)), x));
                x = g.Add(new Map(Expr.In(0) / Expr.Call("Sqrt", Expr.Call("Max", Expr.In(1), LeastSquare))), x, squares);
            }

            return (x, at);
        }
    }
}
