namespace NetGen.Generator;

/// <summary>
/// Query, value and key of an attention, in Keras's order. One input alone attends to itself; without a key, the value is it.
/// </summary>
/// <param name="Query">Who asks.</param>
/// <param name="Value">What is averaged.</param>
/// <param name="Key">What the query is compared with.</param>
/// <param name="ValueInput">The number of the input that is the value.</param>
/// <param name="KeyInput">The number of the input that is the key.</param>
internal sealed record AttentionInputs(Value Query, Value Value, Value Key, int ValueInput, int KeyInput)
{
    public Value? QueryMask { get; private init; }

    public Value? ValueMask { get; private init; }

    /// <summary>The key's own mask, where it is an input of its own.</summary>
    public Value? KeyMask { get; private init; }

    public static AttentionInputs Of(LayerContext context)
    {
        (int value, int key) = (Math.Min(1, context.Inputs.Count - 1), context.Inputs.Count - 1);
        return new AttentionInputs(context.X, context.Inputs[value], context.Inputs[key], value, key)
        {
            QueryMask = context.Masks[0],
            ValueMask = context.Masks[value],
            KeyMask = key == value ? null : context.Masks[key],
        };
    }

    /// <summary>Checks that ranks are equal, that value and key have equal steps, and that masks are masks of the steps.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="alike">The leading axes in which query and value must be equal.</param>
    public void RequireSteps(LayerContext context, int alike)
    {
        (Shape q, Shape v, Shape k) = (this.Query.Shape, this.Value.Shape, this.Key.Shape);
        if (v.Rank != q.Rank || v.Slice(0, alike) != q.Slice(0, alike))
        {
            throw context.FailOnInput(this.ValueInput, $"{context.Place} takes a value that is like the query {q} up to the steps, not {v}.");
        }

        if (k.Rank != v.Rank || k.Slice(0, k.Rank - 1) != v.Slice(0, v.Rank - 1))
        {
            throw context.FailOnInput(this.KeyInput, $"{context.Place} takes a key that is equal to the value {v} but for the last axis, not {k}.");
        }

        foreach ((Value? mask, Shape shape, int input) in new[] { (this.QueryMask, q, 0), (this.ValueMask, v, this.ValueInput), (this.KeyMask, k, this.KeyInput) })
        {
            if (mask is not null && (shape.Rank != 3 || mask.Shape != shape.Slice(0, 2)))
            {
                throw context.FailOnInput(input, $"{context.Place} takes masks of (batch, time) with inputs of (batch, time, features); the input is {shape} and its mask {mask.Shape}.");
            }
        }
    }
}
