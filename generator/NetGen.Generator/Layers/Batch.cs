namespace NetGen.Generator;

/// <summary>Which values have a batch as their first axis: all but those that are made of constants and parameters alone.</summary>
internal static class Batch
{
    /// <summary>Whether the first axis is the batch, or what folds it with a time.</summary>
    public static bool IsIn(Shape shape) => shape.Rank > 0 && shape[0].Symbols.Contains(Dim.Batch.Symbols[0]);

    public static bool IsIn(Value value) => IsIn(value.Shape);

    /// <summary>The axes of a sample: all but the batch.</summary>
    public static Shape Sample(Shape shape) => IsIn(shape) ? shape.Slice(1, shape.Rank) : shape;

    /// <summary>A sample's shape with the batch that a value has, if it has one.</summary>
    public static Shape With(Value like, Shape sample) => IsIn(like) ? Shape.Of(like.Shape[0]) + sample : sample;

    /// <summary>
    /// The inputs of an element-wise op under one rank. Those with a batch keep it first and get sizes of 1 behind it, as Keras's merges have it; those without one align at the right, as in NumPy,
    /// and have 1 where they reach the place of the batch.
    /// </summary>
    public static IReadOnlyList<Value> Align(LayerContext context)
    {
        int rank = context.Inputs.Where(IsIn).Select(v => v.Shape.Rank).DefaultIfEmpty().Max();
        Shape? shape = null;
        List<Value> aligned = [];
        for (int i = 0; i < context.Inputs.Count; i++)
        {
            Value x = context.Inputs[i];
            if (IsIn(x) && x.Shape.Rank < rank)
            {
                x = context.Graph.Add(new Reshape(Shape.Of(x.Shape.Dims.Take(1).Concat(Enumerable.Repeat((Dim)1, rank - x.Shape.Rank)).Concat(x.Shape.Dims.Skip(1)))), x);
            }

            bool reachesBatch = rank > 0 && !IsIn(x) && (x.Shape.Rank > rank || (x.Shape.Rank == rank && x.Shape[0] != 1));
            Shape? next = reachesBatch ? null : shape is null ? x.Shape : Shape.Broadcast(shape, x.Shape);
            if (next is null)
            {
                throw context.FailOnInput(
                    i,
                    reachesBatch ? $"{context.Place} takes inputs of (batch, ...); this one, of shape {x.Shape}, is the same for every sample, so it must have a 1 in the place of the batch, or no more axes than a sample."
                    : $"{context.Place} takes inputs of equal sizes, or of size 1 where others have more; these are {context.InputsText}.");
            }

            shape = next;
            aligned.Add(x);
        }

        return aligned;
    }
}
