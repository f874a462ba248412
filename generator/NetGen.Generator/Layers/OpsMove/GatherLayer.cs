namespace NetGen.Generator;

/// <summary>
/// What lies along an axis, by numbers. Where both data and numbers have a batch, each sample takes from its own; numbers without a batch name the same of each sample, and data without one is a
/// table for all.
/// </summary>
internal sealed class GatherLayer : Layer
{
    public override string Kind => "Ops.Gather";

    public override (int Least, int Most) Inputs => (2, 2);

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override Value Build(LayerContext context)
    {
        (Value data, Value indices) = (context.Inputs[0], context.Inputs[1]);
        Graph g = context.Graph;
        bool isTable = !Batch.IsIn(data);
        int axis = context.Axis("Axis", isTable ? 0 : 1);
        if (isTable && axis > 0 && Batch.IsIn(indices))
        {
            throw context.Fail("NG0011", "Axis", $"{context.Place} takes from {data.Shape}, which has no batch, by numbers {indices.Shape}, which have one: only along axis 0 does the batch stay first.");
        }

        Dim size = data.Shape[axis];
        if (Folding.NumbersOf(indices) is not { } numbers || !size.IsConstant)
        {
            // The rows of a table are what an embedding takes, which has its own ways.
            return isTable && axis == 0 && size.IsConstant ? g.Add(new Gather(), data, g.Add(new Map(Expr.Call("Where", Expr.Call("Less", Expr.In(0), 0), Expr.In(0) + size.Constant, Expr.In(0))), indices))
                : g.Add(new GatherAxis(axis, !isTable && Batch.IsIn(indices)), data, indices);
        }

        if (numbers.FirstOrDefault(n => !(n >= -size.Constant && n < size.Constant)) is var wrong && !numbers.All(n => n >= -size.Constant && n < size.Constant))
        {
            throw context.Fail("NG0012", "Inputs[1]", $"{context.Place} takes number {wrong} along axis {axis} of {data.Shape}, which has {size}.");
        }

        // One place after the other is a slice.
        double[] places = [.. numbers.Select(n => n < 0 ? n + size.Constant : n)];
        return Enumerable.Range(0, places.Length).All(i => places[i] == places[0] + i)
            ? g.Add(new Reshape(data.Shape.Slice(0, axis) + indices.Shape + data.Shape.Slice(axis + 1, data.Shape.Rank)), g.Add(new Slice(axis, (long)places[0], places.Length), data))
            : g.Add(new GatherAxis(axis), data, g.Constant(indices.Shape, places));
    }
}

/// <summary>Elements along an axis, by a number for each element of the result.</summary>
internal sealed class GatherElementsLayer : Layer
{
    public override string Kind => "Ops.GatherElements";

    public override (int Least, int Most) Inputs => (2, 2);

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override Value Build(LayerContext context)
    {
        (Value data, Value indices) = (context.Inputs[0], context.Inputs[1]);
        Graph g = context.Graph;
        (data, indices) = (Folding.Spread(g, data, indices), Folding.Spread(g, indices, data));
        Shape x = data.Shape;
        if (indices.Shape.Rank != x.Rank)
        {
            throw context.FailOnInput(1, $"{context.Place} takes numbers of as many axes as the data {context.Inputs[0].Shape} has, not {context.Inputs[1].Shape}.");
        }

        int axis = context.Axis("Axis", Batch.IsIn(x) ? 1 : 0, of: x);
        for (int i = 0; i < x.Rank; i++)
        {
            if (i != axis && SizeNames.Of([x[i], indices.Shape[i]]).Count > 1)
            {
                throw context.FailOnInput(1, $"{context.Place} takes numbers of a size that is known beside the data's; axis {i} of {x} and of {indices.Shape} are two times.");
            }

            // Fewer numbers than elements along another axis name only the first.
            data = i == axis || x[i] == indices.Shape[i] ? data : g.Add(new Slice(i, 0, indices.Shape[i]), data);
        }

        return g.Add(new GatherElements(axis), data, indices);
    }
}
