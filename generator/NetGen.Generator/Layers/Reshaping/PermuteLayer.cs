namespace NetGen.Generator;

/// <summary>The axes of a sample in another order; they are counted from 1, as in Keras.</summary>
internal sealed class PermuteLayer : Layer
{
    public override string Kind => "Permute";

    public override IReadOnlyList<string> Arguments => ["Dims"];

    public override Value Build(LayerContext context)
    {
        IReadOnlyList<long> dims = context.Integers("Dims", null);
        int first = Batch.IsIn(context.X) ? 1 : 0, rank = context.X.Shape.Rank - first;
        if (!dims.OrderBy(d => d).SequenceEqual(Enumerable.Range(1, rank).Select(d => (long)d)))
        {
            throw context.Fail("NG0012", "Dims", $"Dims of {context.Place} must be the numbers from 1 to {rank} in some order, one for each axis of a sample of {context.X.Shape}, not ({string.Join(", ", dims)}).");
        }

        return context.Graph.Add(new Transpose(Enumerable.Range(0, first).Concat(dims.Select(d => (int)d - 1 + first)).ToEquatableArray()), context.X);
    }
}
