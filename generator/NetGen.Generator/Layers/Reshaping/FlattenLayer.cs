namespace NetGen.Generator;

/// <summary>(batch, a, b, ...) as (batch, a b ...), channels last.</summary>
internal sealed class FlattenLayer : Layer
{
    public override string Kind => "Flatten";

    public override IReadOnlyList<string> Arguments => ["DataFormat"];

    public override Value Build(LayerContext context)
    {
        Shape x = context.X.Shape;
        Value value = context.X;
        if (!Batch.IsIn(x))
        {
            return context.Graph.Add(new Reshape(Shape.Of(x.Count)), value);
        }

        if (DataFormat.IsChannelsFirst(context) && x.Rank > 2)
        {
            // Keras moves the channels to the end first, so that both formats give the same features.
            value = context.Graph.Add(new Transpose(new[] { 0 }.Concat(Enumerable.Range(2, x.Rank - 2)).Append(1).ToEquatableArray()), value);
        }

        return context.Graph.Add(new Reshape(Shape.Of(x[0], x.CountOf(1, x.Rank))), value);
    }
}
