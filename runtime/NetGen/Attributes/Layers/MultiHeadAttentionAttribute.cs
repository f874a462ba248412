namespace NetGen;

/// <summary>
/// softmax(Q Kᵀ / sqrt(keyDim)) V in several heads, each with projections of its own (Vaswani et al. 2017; Keras's MultiHeadAttention): (batch, queries, features), (batch, keys, size) to
/// (batch, queries, features). Masked steps of query, value and key have the weight 0, and the query's mask goes on. The tap <c>name.scores</c> has the weights (batch, heads, queries, keys).
/// Weights of the layer: <c>query/kernel</c> (features, heads, keyDim), <c>query/bias</c> (heads, keyDim), <c>key</c> and <c>value</c> likewise, <c>attention_output/kernel</c>
/// (heads, valueDim, features), <c>attention_output/bias</c> (features).
/// </summary>
public sealed class MultiHeadAttentionAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="numHeads">How many heads.</param>
    /// <param name="keyDim">The size of a query and of a key in each head.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public MultiHeadAttentionAttribute(int numHeads, int keyDim, params string[] inputs) => (this.NumHeads, this.KeyDim, this.Inputs) = (numHeads, keyDim, inputs);

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="numHeads">How many heads.</param>
    /// <param name="keyDim">The size of a query and of a key in each head.</param>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public MultiHeadAttentionAttribute(object numHeads, object keyDim, params string[] inputs) => (this.NumHeads, this.KeyDim, this.Inputs) = (numHeads, keyDim, inputs);

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
