namespace NetGen;

/// <summary>
/// Y = softmax(scores) V with scores = sum(scale tanh(q + k)) over the features (Bahdanau et al. 2015; Keras's AdditiveAttention): (batch, queries, features), (batch, keys, size) to
/// (batch, queries, size). Masked steps of the value have the score -1e9. The tap <c>name.scores</c> has the weights (batch, queries, keys). Weight of the layer: <c>scale</c> (features).
/// </summary>
public sealed class AdditiveAttentionAttribute : LayerAttribute
{
    /// <summary>Of named outputs, or of the output before.</summary>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public AdditiveAttentionAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of query, value and key.</summary>
    public string[] Inputs { get; }

    /// <summary>Whether the features are scaled by learned numbers; true unless given.</summary>
    public object? UseScale { get; set; }

    /// <summary>The rate of dropout of the weights; 0 unless given.</summary>
    public object? Dropout { get; set; }

    /// <summary>A seed of the layer's own for dropout, an integer from 0, in the place of the trainer's: its random numbers then do not hang on where the layer stands.</summary>
    public object? Seed { get; set; }

    /// <summary>Whether step i attends to the steps 0 to i of the value alone; false unless given.</summary>
    public object? UseCausalMask { get; set; }

    /// <summary>The name of an output (batch, time) of 0 and 1, which steps of the query count; its own mask unless given. The rows of others are 0.</summary>
    public string? Mask { get; set; }
}
