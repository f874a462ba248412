namespace NetGen.Generator;

/// <summary>Attention in several heads of which groups share their keys and values (Ainslie et al. 2023).</summary>
internal sealed class GroupQueryAttentionLayer : Layer
{
    public override string Kind => "GroupQueryAttention";

    // Keras exports its class GroupedQueryAttention under the shorter name; default names come from the class.
    public override string DefaultName => "grouped_query_attention";

    public override (int Least, int Most) Inputs => (1, 3);

    public override IReadOnlyList<string> Arguments => ["HeadDim", "NumQueryHeads", "NumKeyValueHeads", .. HeadProjections.Arguments];

    public override bool CarriesMask => true;

    // The output, once more than its projection; the scores are none unless a caller asks for them.
    public override IEnumerable<Value> Activities(LayerContext context, Value output) => [output];

    public override Value Build(LayerContext context)
    {
        AttentionInputs inputs = AttentionInputs.Of(context);
        Shape q = inputs.Query.Shape;
        if (q.Rank != 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes inputs of (batch, steps, features), not {q}.");
        }

        inputs.RequireSteps(context, 1);
        long size = context.Integer("HeadDim", least: 1, most: int.MaxValue), heads = context.Integer("NumQueryHeads", least: 1, most: int.MaxValue);
        long groups = context.Integer("NumKeyValueHeads", least: 1, most: int.MaxValue);
        if (heads % groups != 0)
        {
            throw context.Fail("NG0012", "NumKeyValueHeads", $"NumKeyValueHeads of {context.Place} must divide NumQueryHeads: {groups} does not divide {heads}.");
        }

        Value query = HeadProjections.Project(context, inputs.Query, "query", heads, size, 1 / Math.Sqrt(size));
        Value key = Repeat(HeadProjections.Project(context, inputs.Key, "key", groups, size));
        Value value = Repeat(HeadProjections.Project(context, inputs.Value, "value", groups, size));
        Value? gate = context.Boolean("UseGate", false) ? HeadProjections.Project(context, inputs.Query, "gate", heads, size) : null;
        Value y = HeadProjections.Attend(context, query, key, value, HeadProjections.Mask(context, inputs));
        return HeadProjections.Combine(context, HeadProjections.Gate(context, y, gate), Shape.Of(q.Last));

        // Each head of keys and values stands side by side with itself, once for each query head of its group.
        Value Repeat(Value x)
        {
            if (heads == groups)
            {
                return x;
            }

            Shape s = x.Shape, apart = Shape.Of(s[0], s[1], groups, 1, size);
            Value repeated = context.Graph.Add(new Map(Expr.In(0), apart.With(3, heads / groups)), context.Graph.Add(new Reshape(apart), x));
            return context.Graph.Add(new Reshape(Shape.Of(s[0], s[1], heads, size)), repeated);
        }
    }
}
