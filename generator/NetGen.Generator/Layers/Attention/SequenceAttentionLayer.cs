namespace NetGen.Generator;

/// <summary>
/// Attention of one head: Y = softmax(scores(Q, K)) V. Scores of masked steps are -1e9, as Keras has it, so that a row with nothing but masked steps is their mean; rows of masked queries are 0.
/// </summary>
/// <param name="kind">Keras's name.</param>
/// <param name="arguments">The arguments of this kind alone.</param>
/// <param name="scores">The layer's scores (batch, queries, keys) of a query and a key, which may leave out what stands above the diagonal.</param>
internal sealed class SequenceAttentionLayer(string kind, IReadOnlyList<string> arguments, Func<LayerContext, Value, Value, bool, Value> scores) : Layer
{
    public override string Kind => kind;

    public override (int Least, int Most) Inputs => (1, 3);

    public override IReadOnlyList<string> Arguments => [.. arguments, "UseScale", "Dropout", "Seed", "UseCausalMask"];

    public override bool CarriesMask => true;

    // The scores are no output unless a caller asks for them.
    public override IEnumerable<Value> Activities(LayerContext context, Value output) => [output];

    public override Value Build(LayerContext context)
    {
        Graph g = context.Graph;
        AttentionInputs inputs = AttentionInputs.Of(context);
        (Shape q, Shape v, Shape k) = (inputs.Query.Shape, inputs.Value.Shape, inputs.Key.Shape);
        if (q.Rank != 3)
        {
            throw context.Fail("NG0011", null, $"{context.Place} takes inputs of (batch, time, features), not {q}.");
        }

        inputs.RequireSteps(context, 1);
        if (k.Last != q.Last)
        {
            throw context.FailOnInput(inputs.KeyInput, $"{context.Place} compares the query {q} with the key {k}: their last sizes must be equal.");
        }

        bool isCausal = context.Boolean("UseCausalMask", false);
        Value score = scores(context, inputs.Query, inputs.Key, isCausal);
        if (inputs.ValueMask is { } mask)
        {
            score = g.Add(new Map(Expr.Call("Where", Expr.In(1), Expr.In(0), -1e9)), score, g.Add(new Reshape(Shape.Of(v[0], 1, v[1])), mask));
        }

        Value weights = DropoutLayer.Apply(context, g.Add(new Softmax(isCausal), score), "Dropout");
        context.Tap("scores", weights);
        Value y = g.Add(new BatchMatMul(Triangle: isCausal ? Triangle.Left : Triangle.None), weights, inputs.Value);
        return inputs.QueryMask is { } kept ? g.Add(new Map(Expr.In(0) * Expr.In(1)), y, g.Add(new Reshape(Shape.Of(q[0], q[1], 1)), kept)) : y;
    }

    /// <summary>Q Kᵀ, or with ScoreMode.Concat the sum of tanh(scale (q + k)) times a weight.</summary>
    public static Value Scores(LayerContext context, Value query, Value key, bool isCausal)
    {
        Graph g = context.Graph;
        Value? scale = context.Boolean("UseScale", false) ? context.Parameter("scale", Shape.Scalar, "Ones()", null) : null;
        if (context.Enum("ScoreMode", "ScoreMode", ["Dot", "Concat"], "Dot") == "Dot")
        {
            Value product = g.Add(new BatchMatMul(Right: MatrixForm.Transposed, Triangle: isCausal ? Triangle.Product : Triangle.None), query, key);
            return scale is null ? product : g.Add(new Map(Expr.In(0) * Expr.In(1)), product, scale);
        }

        Value weight = context.Parameter("concat_score_weight", Shape.Scalar, "Ones()", null);
        Value sum = SumOfTanh(g, query, key, scale, isInner: true);
        return g.Add(new Map(Expr.In(0) * Expr.In(1)), sum, weight);
    }

    /// <summary>The sum of scale tanh(q + k) over the features (Bahdanau et al. 2015).</summary>
    public static Value AdditiveScores(LayerContext context, Value query, Value key, bool isCausal)
    {
        Value? scale = context.Boolean("UseScale", true) ? context.Parameter("scale", Shape.Of(query.Shape.Last), "GlorotUniform()", null) : null;
        return SumOfTanh(context.Graph, query, key, scale, isInner: false);
    }

    /// <summary>Sums over the features of tanh of each query plus each key, times a scale within the function or outside of it.</summary>
    private static Value SumOfTanh(Graph g, Value query, Value key, Value? scale, bool isInner)
    {
        (Shape q, Shape k) = (query.Shape, key.Shape);
        Value rows = g.Add(new Reshape(Shape.Of(q[0], q[1], 1, q[2])), query), columns = g.Add(new Reshape(Shape.Of(k[0], 1, k[1], k[2])), key);
        Expr sum = Expr.In(0) + Expr.In(1);
        Expr body = scale is null ? Expr.Call("Tanh", sum) : isInner ? Expr.Call("Tanh", sum * Expr.In(2)) : Expr.Call("Tanh", sum) * Expr.In(2);
        Value features = scale is null ? g.Add(new Map(body), rows, columns) : g.Add(new Map(body), rows, columns, scale);
        return g.Add(new ReduceSum(EquatableArray.Of(3)), features);
    }
}
