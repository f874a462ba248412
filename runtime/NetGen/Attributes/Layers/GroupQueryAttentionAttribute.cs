namespace NetGen;

/// <summary>
/// Attention in several heads, of which groups share their keys and values (Ainslie et al. 2023; Keras's GroupQueryAttention): (batch, queries, features), (batch, keys, size) to
/// (batch, queries, features). Masked steps of query, value and key have the weight 0, and the query's mask goes on. The tap <c>name.scores</c> has the weights (batch, heads, queries, keys).
/// Weights of the layer: <c>query/kernel</c> (features, numQueryHeads, headDim), <c>query/bias</c> (numQueryHeads, headDim), <c>key</c> and <c>value</c> likewise with numKeyValueHeads,
/// <c>attention_output/kernel</c> (numQueryHeads, headDim, features), <c>attention_output/bias</c> (features).
/// </summary>
public sealed class GroupQueryAttentionAttribute : AttentionHeadsAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="headDim">The size of each head.</param>
    /// <param name="numQueryHeads">How many heads of queries.</param>
    /// <param name="numKeyValueHeads">How many heads of keys and values, a divisor of those of queries.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public GroupQueryAttentionAttribute(int headDim, int numQueryHeads, int numKeyValueHeads, params string[] inputs)
        : base(inputs) => (this.HeadDim, this.NumQueryHeads, this.NumKeyValueHeads) = (headDim, numQueryHeads, numKeyValueHeads);

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="headDim">The size of each head.</param>
    /// <param name="numQueryHeads">How many heads of queries.</param>
    /// <param name="numKeyValueHeads">How many heads of keys and values, a divisor of those of queries.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public GroupQueryAttentionAttribute(object headDim, object numQueryHeads, object numKeyValueHeads, params string[] inputs)
        : base(inputs) => (this.HeadDim, this.NumQueryHeads, this.NumKeyValueHeads) = (headDim, numQueryHeads, numKeyValueHeads);

    /// <summary>The size of each head.</summary>
    public object HeadDim { get; }

    /// <summary>How many heads of queries.</summary>
    public object NumQueryHeads { get; }

    /// <summary>How many heads of keys and values.</summary>
    public object NumKeyValueHeads { get; }
}
