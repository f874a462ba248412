namespace NetGen;

/// <summary>
/// softmax(Q Kᵀ / sqrt(keyDim)) V in several heads, each with projections of its own (Vaswani et al. 2017; Keras's MultiHeadAttention): (batch, queries, features), (batch, keys, size) to
/// (batch, queries, features). Masked steps of query, value and key have the weight 0, and the query's mask goes on. The tap <c>name.scores</c> has the weights (batch, heads, queries, keys).
/// Weights of the layer: <c>query/kernel</c> (features, heads, keyDim), <c>query/bias</c> (heads, keyDim), <c>key</c> and <c>value</c> likewise, <c>attention_output/kernel</c>
/// (heads, valueDim, features), <c>attention_output/bias</c> (features).
/// </summary>
public sealed class MultiHeadAttentionAttribute : AttentionHeadsAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="numHeads">How many heads.</param>
    /// <param name="keyDim">The size of a query and of a key in each head.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public MultiHeadAttentionAttribute(int numHeads, int keyDim, params string[] inputs)
        : base(inputs) => (this.NumHeads, this.KeyDim) = (numHeads, keyDim);

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="numHeads">How many heads.</param>
    /// <param name="keyDim">The size of a query and of a key in each head.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public MultiHeadAttentionAttribute(object numHeads, object keyDim, params string[] inputs)
        : base(inputs) => (this.NumHeads, this.KeyDim) = (numHeads, keyDim);

    /// <summary>How many heads.</summary>
    public object NumHeads { get; }

    /// <summary>The size of a query and of a key in each head.</summary>
    public object KeyDim { get; }

    /// <summary>The size of a value in each head; KeyDim unless given.</summary>
    public object? ValueDim { get; set; }

    /// <summary>The size of the output's last axis, or an array of those that take its place; the query's unless given.</summary>
    public object? OutputShape { get; set; }

    /// <summary>The axis, or an array of the axes, over which attention goes; the others belong to the batch. All but the batch and the last unless given.</summary>
    public object? AttentionAxes { get; set; }
}
