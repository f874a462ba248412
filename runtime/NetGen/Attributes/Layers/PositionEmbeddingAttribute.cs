namespace NetGen;

/// <summary>
/// A learned vector for each position, in the input's shape (KerasHub's PositionEmbedding): (batch, time, features) to (batch, time, features), which an Add puts on the input:
/// <c>[Embedding(1000, 64, Name = "tokens"), PositionEmbedding(128, Name = "positions"), Add("tokens", "positions")]</c>. Weight: <c>position_embeddings</c> (sequenceLength, features).
/// A call with more steps than there are positions is refused.
/// </summary>
public sealed class PositionEmbeddingAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="sequenceLength">How many positions have a vector: the most steps of a sequence.</param>
    public PositionEmbeddingAttribute(int sequenceLength) => this.SequenceLength = sequenceLength;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="sequenceLength">How many positions have a vector: the most steps of a sequence.</param>
    public PositionEmbeddingAttribute(object sequenceLength) => this.SequenceLength = sequenceLength;

    /// <summary>How many positions have a vector: the most steps of a sequence.</summary>
    public object SequenceLength { get; }

    /// <summary>How the vectors (sequenceLength, features) start: an initializer such as <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? Initializer { get; set; }
}
