namespace NetGen.Generator;

/// <summary>The place of the largest or smallest element along an axis, as a number.</summary>
internal sealed class ArgLayer(string kind, bool isMinimum) : Layer
{
    public override string Kind => kind;

    public override IReadOnlyList<string> Arguments => ["Axis", "KeepDims", "SelectLastIndex"];

    public override Value Build(LayerContext context)
    {
        int axis = context.Axis("Axis", Batch.IsIn(context.X) ? 1 : 0);
        Value y = context.Graph.Add(new ArgMax(axis, isMinimum, context.Boolean("SelectLastIndex", false)), context.X);
        return context.Boolean("KeepDims", true) ? y : context.Graph.Add(new Reshape(Reductions.ReducedShape(y.Shape, EquatableArray.Of(axis), keepDims: false)), y);
    }
}

/// <summary>1 at the first largest element along an axis, else 0.</summary>
internal sealed class HardmaxLayer : Layer
{
    /// <summary>Their places are written out as constants.</summary>
    private const int MostPlaces = 1 << 20;

    public override string Kind => "Ops.Hardmax";

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override Value Build(LayerContext context)
    {
        int axis = context.Axis("Axis", -1);
        Shape x = context.X.Shape;
        if (!x[axis].IsConstant)
        {
            throw context.Fail("NG0011", "Axis", $"{context.Place} needs a constant size along axis {axis} of {x}.");
        }

        if (x[axis].Constant > MostPlaces)
        {
            throw context.Fail("NG0011", "Axis", $"{context.Place} takes at most {MostPlaces} elements along an axis; axis {axis} of {x} has more.");
        }

        int size = (int)x[axis].Constant;
        Value places = context.Graph.Constant(Shape.Of(Enumerable.Repeat((Dim)1, x.Rank - axis - 1).Prepend(size)), Enumerable.Range(0, size).Select(i => (double)i));
        return context.Graph.Add(new Map(Expr.Call("Equal", Expr.In(0), Expr.In(1))), context.Graph.Add(new ArgMax(axis), context.X), places);
    }
}
