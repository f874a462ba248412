namespace NetGen.Generator;

/// <summary>The inputs one behind the other along an axis, by default the last.</summary>
internal sealed class ConcatenateLayer : Layer
{
    public override string Kind => "Concatenate";

    public override (int Least, int Most) Inputs => (2, int.MaxValue);

    public override IReadOnlyList<string> Arguments => ["Axis"];

    public override Value Build(LayerContext context)
    {
        Value like = context.Inputs.FirstOrDefault(Batch.IsIn) ?? context.X;
        int axis = context.Axis("Axis", -1, of: like.Shape);
        Value[] inputs = [.. context.Inputs.Select(v => Folding.Spread(context.Graph, v, like))];
        Shape first = inputs[0].Shape;
        for (int i = 1; i < inputs.Length; i++)
        {
            Shape shape = inputs[i].Shape;
            if (shape.Rank != first.Rank || shape.With(axis, 1) != first.With(axis, 1))
            {
                throw context.FailOnInput(i, $"{context.Place} takes inputs that are equal but for axis {axis}; these are {context.InputsText}.");
            }
        }

        Value y = context.Graph.Add(new Concat(axis), inputs);
        context.OutputMask = MergedMask(context, inputs, axis);
        return y;
    }

    /// <summary>The masks laid over the inputs' shapes, concatenated as these are; a step counts where any of its elements does.</summary>
    private static Value? MergedMask(LayerContext context, Value[] inputs, int axis)
    {
        if (context.Masks.All(m => m is null))
        {
            return null;
        }

        Graph g = context.Graph;
        List<Value> masks = [];
        for (int i = 0; i < context.Inputs.Count; i++)
        {
            Shape x = inputs[i].Shape;
            masks.Add(context.Masks[i] is not { } mask ? g.Add(new Map((Expr)1, x))
                : mask.Shape.Rank == x.Rank ? mask
                : g.Add(new Map(Expr.In(0), x), g.Add(new Reshape(mask.Shape + Shape.Of(Enumerable.Repeat((Dim)1, x.Rank - mask.Shape.Rank))), mask)));
        }

        Value all = g.Add(new Concat(axis), [.. masks]);
        return g.Add(new ReduceMax(EquatableArray.Of(all.Shape.Rank - 1)), all);
    }
}
