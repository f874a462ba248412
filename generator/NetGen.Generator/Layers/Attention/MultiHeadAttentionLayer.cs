namespace NetGen.Generator;

/// <summary>
/// softmax(Q Kᵀ / sqrt(keyDim)) V in several heads (Vaswani et al. 2017), over the axes of attention; the axes before them belong to the batch. What is masked has the weight 0.
/// </summary>
internal sealed class MultiHeadAttentionLayer : Layer
{
    public override string Kind => "MultiHeadAttention";

    public override (int Least, int Most) Inputs => (1, 3);

    public override IReadOnlyList<string> Arguments => ["NumHeads", "KeyDim", "ValueDim", "OutputShape", "AttentionAxes", .. HeadProjections.Arguments];

    public override bool CarriesMask => true;

    // The projections alone, as in Keras.
    public override IEnumerable<Value> Activities(LayerContext context, Value output) => [];

    public override Value Build(LayerContext context)
    {
        AttentionInputs inputs = AttentionInputs.Of(context);
        Shape q = inputs.Query.Shape;
        if (q.Rank < 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes inputs of (batch, steps, features), not {q}.");
        }

        IReadOnlyList<int> axes = context.Axes("AttentionAxes", [.. Enumerable.Range(1, q.Rank - 2)]);
        int[] free = [.. Enumerable.Range(1, q.Rank - 2).Except(axes)];
        if (axes.Contains(q.Rank - 1))
        {
            throw context.Fail("NG0012", "AttentionAxes", $"AttentionAxes of {context.Place} must be axes of {q} before the last, which holds the features.");
        }

        if (axes.Count > 1 && context.Boolean("UseCausalMask", false))
        {
            throw context.Fail("NG0012", "UseCausalMask", $"UseCausalMask of {context.Place} needs one axis of attention, which is time, not {axes.Count}.");
        }

        // The axes that attention does not go over come first, and then belong to the batch.
        int[] order = [0, .. free, .. axes, q.Rank - 1];
        inputs = inputs with { Query = Move(inputs.Query, order), Value = Move(inputs.Value, order), Key = Move(inputs.Key, order) };
        inputs.RequireSteps(context, 1 + free.Length);

        long heads = context.Integer("NumHeads", least: 1, most: int.MaxValue), keyDim = context.Integer("KeyDim", least: 1, most: int.MaxValue);
        long valueDim = context.Integer("ValueDim", keyDim, least: 1, most: int.MaxValue);
        Value query = Rows(HeadProjections.Project(context, inputs.Query, "query", heads, keyDim, 1 / Math.Sqrt(keyDim)));
        Value key = Rows(HeadProjections.Project(context, inputs.Key, "key", heads, keyDim));
        Value value = Rows(HeadProjections.Project(context, inputs.Value, "value", heads, valueDim));
        Value? gate = context.Boolean("UseGate", false) ? Rows(HeadProjections.Project(context, inputs.Query, "gate", heads, valueDim)) : null;

        Shape moved = inputs.Query.Shape, steps = inputs.Value.Shape;
        Shape scores = moved.Slice(0, 1 + free.Length) + Shape.Of(heads) + moved.Slice(1 + free.Length, q.Rank - 1) + steps.Slice(1 + free.Length, q.Rank - 1);
        Value y = HeadProjections.Gate(context, HeadProjections.Attend(context, query, key, value, HeadProjections.Mask(context, inputs), scores), gate);
        Shape output = context.Has("OutputShape") ? Shape.Of(context.Integers("OutputShape", null, least: 1, most: int.MaxValue).Select(d => (Dim)d)) : Shape.Of(q.Last);
        y = HeadProjections.Combine(context, context.Graph.Add(new Reshape(moved.Slice(0, q.Rank - 1) + Shape.Of(heads, valueDim)), y), output);
        return Move(y, [.. Enumerable.Range(0, q.Rank - 1).Select(i => Array.IndexOf(order, i)), .. Enumerable.Range(q.Rank - 1, output.Rank)]);

        Value Move(Value x, int[] permutation) =>
            x.Shape.Rank != permutation.Length || permutation.SequenceEqual(Enumerable.Range(0, permutation.Length)) ? x : context.Graph.Add(new Transpose(permutation.ToEquatableArray()), x);

        // (batch, free, attention, heads, size) as (batch free, attention, heads, size).
        Value Rows(Value x)
        {
            int rank = x.Shape.Rank, first = 1 + free.Length;
            return context.Graph.Add(new Reshape(Shape.Of(x.Shape.CountOf(0, first), x.Shape.CountOf(first, rank - 2), x.Shape[-2], x.Shape[-1])), x);
        }
    }
}
