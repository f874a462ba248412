namespace NetGen.Generator;

/// <summary>What attentions of several heads share: projections to heads, the attention of each head, and the projection back. Keras makes them of EinsumDense layers, whose names they have.</summary>
internal static class HeadProjections
{
    public static readonly IReadOnlyList<string> Arguments =
    [
        "Dropout", "UseBias", "UseGate", "UseCausalMask", "AttentionMask", "Seed",
        "KernelInitializer", "KernelRegularizer", "KernelConstraint",
        "BiasInitializer", "BiasRegularizer", "BiasConstraint",
    ];

    /// <summary>(X · kernel + bias) scale: (..., features) to (..., heads, size), of the weights <c>name/kernel</c> (features, heads, size) and <c>name/bias</c> (heads, size).</summary>
    public static Value Project(LayerContext context, Value x, string name, long heads, long size, double scale = 1) =>
        Dense(context, x, name, Shape.Of(x.Shape.Last), Shape.Of(heads, size), scale);

    /// <summary>X · kernel + bias: (..., heads, size) to (..., output), of <c>attention_output/kernel</c> (heads, size, output) and <c>attention_output/bias</c> (output).</summary>
    public static Value Combine(LayerContext context, Value x, Shape output) => Dense(context, x, "attention_output", x.Shape.Slice(x.Shape.Rank - 2, x.Shape.Rank), output, 1);

    private static Value Dense(LayerContext context, Value x, string name, Shape input, Shape output, double scale)
    {
        Graph g = context.Graph;
        Shape outer = x.Shape.Slice(0, x.Shape.Rank - input.Rank);
        Value kernel = context.Parameter(name + "/kernel", input + output, "GlorotUniform()", "Kernel", units: (input, output));
        Value y = g.Add(new MatMul(), g.Add(new Reshape(Shape.Of(outer.Count, input.Count)), x), g.Add(new Reshape(Shape.Of(input.Count, output.Count)), kernel));
        Value? bias = context.Boolean("UseBias", true) ? context.Parameter(name + "/bias", output, "Zeros()", "Bias") : null;
        if (bias is not null)
        {
            y = g.Add(new Map(Expr.In(0) + Expr.In(1)), y, g.Add(new Reshape(Shape.Of(output.Count)), bias));
        }

        // Keras hands ActivityRegularizer on to the layers of the projections.
        context.RegularizeActivity(y);
        Value result = g.Add(new Reshape(outer + output), scale == 1 ? y : g.Add(new Map(Expr.In(0) * scale), y));
        g.Note(new ProductForm(x, kernel, bias, input.Rank, scale, result));
        return result;
    }

    /// <summary>
    /// softmax(Q Kᵀ) V of each head: Q (batch, queries, heads, size), K and V (batch, keys, heads, ...) to (batch, queries, heads, size of V). A mask (batch, 1 or queries, keys) says what counts.
    /// </summary>
    /// <param name="context">The layer; its scores become a tap.</param>
    /// <param name="query">Q, scaled.</param>
    /// <param name="key">K.</param>
    /// <param name="value">V.</param>
    /// <param name="mask">The mask, or null.</param>
    /// <param name="scores">The shape of the scores that others see.</param>
    public static Value Attend(LayerContext context, Value query, Value key, Value value, Value? mask, Shape? scores = null)
    {
        Graph g = context.Graph;
        bool isCausal = context.Boolean("UseCausalMask", false);
        Value products = g.Add(
            new BatchMatMul(MatrixForm.Interleaved, MatrixForm.Interleaved | MatrixForm.Transposed, MatrixForm.Plain, isCausal ? Triangle.Product : Triangle.None), query, key);
        Value weights = mask is null ? g.Add(new Softmax(isCausal), products) : g.Add(new Softmax(isCausal), products, mask);
        context.Tap("scores", scores is null || scores == weights.Shape ? weights : g.Add(new Reshape(scores), weights));
        return g.Add(
            new BatchMatMul(MatrixForm.Plain, MatrixForm.Interleaved, MatrixForm.Interleaved, isCausal ? Triangle.Left : Triangle.None), DropoutLayer.Apply(context, weights, "Dropout"), value);
    }

    /// <summary>With UseGate the output times the sigmoid of a projection of the query, <c>gate</c>.</summary>
    public static Value Gate(LayerContext context, Value output, Value? gate) =>
        gate is null ? output : context.Graph.Add(new Map(Expr.In(0) * Expr.Call("Sigmoid", Expr.In(1))), output, gate);

    /// <summary>
    /// The masks of query, value and key and the one that AttentionMask names, as one of (batch, 1 or queries, keys): what counts in all of them. Null where there is none.
    /// </summary>
    public static Value? Mask(LayerContext context, AttentionInputs inputs)
    {
        Graph g = context.Graph;
        (Shape q, Shape v) = (inputs.Query.Shape, inputs.Value.Shape);
        List<Value> masks = [];
        void Add(Value? mask, params Dim[] shape)
        {
            if (mask is not null)
            {
                masks.Add(g.Add(new Reshape(Shape.Of(shape)), mask));
            }
        }

        Add(inputs.QueryMask, q[0], q[1], 1);
        Add(inputs.ValueMask, v[0], 1, v[1]);
        Add(inputs.KeyMask, v[0], 1, v[1]);
        if (context.Has("AttentionMask"))
        {
            IReadOnlyList<Tap> given = context.Taps("AttentionMask");
            Shape wanted = Shape.Of(q[0], q[1], v[1]);
            masks.Add(given.Count == 1 && q.Rank == 3 && given[0].Value!.Shape == wanted ? given[0].Value!
                : throw context.Fail("NG0011", "AttentionMask", $"{context.Place} takes an attention mask of {wanted}, not {string.Join(", ", given.Select(t => t.Value!.Shape))}."));
        }

        if (masks.Count == 0)
        {
            return null;
        }

        Expr product = Enumerable.Range(1, masks.Count - 1).Aggregate(Expr.In(0), (all, i) => all * Expr.In(i));
        bool isOfRows = masks.Any(m => m.Shape[1] == q[1]);
        return g.Add(new Map(product, Shape.Of(q[0], isOfRows ? q[1] : 1, v[1])), [.. masks]);
    }
}
