namespace NetGen;

/// <summary>
/// Y = softmax(Q Kᵀ) V (Luong et al. 2015; Keras's Attention): (batch, queries, features), (batch, keys, size) to (batch, queries, size). Masked steps of the value have the score -1e9.
/// The tap <c>name.scores</c> has the weights (batch, queries, keys). Weights of the layer: with UseScale <c>scale</c> (), with ScoreMode.Concat <c>concat_score_weight</c> ().
/// </summary>
public sealed class AttentionAttribute : LayerAttribute
{
    /// <summary>Of named outputs, or of the output before.</summary>
    /// <param name="inputs">
    /// The names of the query (batch, queries, features), the value (batch, keys, size) and the key (batch, keys, features). Without a key, the value is it; one input alone, or with no
    /// name the output before this layer, attends to itself.
    /// </param>
    public AttentionAttribute(params string[] inputs) => this.Inputs = inputs;

    /// <summary>The names of query, value and key.</summary>
    public string[] Inputs { get; }

    /// <summary>A <see cref="NetGen.ScoreMode"/>: Dot, Q Kᵀ, unless given; Concat is w sum(tanh(s (q + k))).</summary>
    public object? ScoreMode { get; set; }

    /// <summary>Whether scores are scaled by a learned number; false unless given.</summary>
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
