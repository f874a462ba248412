namespace NetGen;

/// <summary>
/// Attention in several heads, of which groups share their keys and values (Ainslie et al. 2023; Keras's GroupedQueryAttention): (batch, queries, features), (batch, keys, size) to
/// (batch, queries, features). Masked steps of query, value and key have the weight 0, and the query's mask goes on. The tap <c>name.scores</c> has the weights (batch, heads, queries, keys).
/// Weights of the layer: <c>query/kernel</c> (features, numQueryHeads, headDim), <c>query/bias</c> (numQueryHeads, headDim), <c>key</c> and <c>value</c> likewise with numKeyValueHeads,
/// <c>attention_output/kernel</c> (numQueryHeads, headDim, features), <c>attention_output/bias</c> (features).
/// </summary>
public sealed class GroupedQueryAttentionAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="headDim">The size of each head.</param>
    /// <param name="numQueryHeads">How many heads of queries.</param>
    /// <param name="numKeyValueHeads">How many heads of keys and values, a divisor of those of queries.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public GroupedQueryAttentionAttribute(int headDim, int numQueryHeads, int numKeyValueHeads, params string[] inputs) =>
        (this.HeadDim, this.NumQueryHeads, this.NumKeyValueHeads, this.Inputs) = (headDim, numQueryHeads, numKeyValueHeads, inputs);

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="headDim">The size of each head.</param>
    /// <param name="numQueryHeads">How many heads of queries.</param>
    /// <param name="numKeyValueHeads">How many heads of keys and values, a divisor of those of queries.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public GroupedQueryAttentionAttribute(object headDim, object numQueryHeads, object numKeyValueHeads, params string[] inputs) =>
        (this.HeadDim, this.NumQueryHeads, this.NumKeyValueHeads, this.Inputs) = (headDim, numQueryHeads, numKeyValueHeads, inputs);

    /// <summary>The size of each head.</summary>
    public object HeadDim { get; }

    /// <summary>How many heads of queries.</summary>
    public object NumQueryHeads { get; }

    /// <summary>How many heads of keys and values.</summary>
    public object NumKeyValueHeads { get; }

    /// <summary>The names of query, value and key.</summary>
    public string[] Inputs { get; }

    /// <summary>The rate of dropout of the attention's weights; 0 unless given.</summary>
    public object? Dropout { get; set; }

    /// <summary>Whether the projections add biases; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>Whether the heads' outputs are multiplied by the sigmoid of a further projection of the query, <c>gate</c>; false unless given.</summary>
    public object? UseGate { get; set; }

    /// <summary>Whether step i attends to the steps 0 to i of the value alone; false unless given.</summary>
    public object? UseCausalMask { get; set; }

    /// <summary>The name of an output (batch, queries, keys) of 0 and 1: which keys count for which query, besides the masks of the inputs.</summary>
    public string? AttentionMask { get; set; }

    /// <summary>A seed of the layer's own for dropout, an integer.</summary>
    public object? Seed { get; set; }

    /// <summary>The name of an output (batch, time) of 0 and 1, which steps of the query count; its own mask unless given.</summary>
    public string? Mask { get; set; }

    /// <summary>How the kernels start: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>A penalty on the kernels that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>What the kernels are brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? KernelConstraint { get; set; }

    /// <summary>How the biases start: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the biases that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the biases are brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
