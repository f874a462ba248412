namespace NetGen;

/// <summary>
/// Rows of a learned table by tokens plus those of another by positions (KerasHub's TokenAndPositionEmbedding): (batch, time) of whole numbers in [0, vocabularySize) to
/// (batch, time, embeddingDim). Weights: <c>token_embedding/embeddings</c> (vocabularySize, embeddingDim), <c>position_embedding/position_embeddings</c> (sequenceLength, embeddingDim).
/// A call with more steps than there are positions is refused.
/// </summary>
public sealed class TokenAndPositionEmbeddingAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="vocabularySize">How many tokens there are.</param>
    /// <param name="sequenceLength">How many positions have a vector: the most steps of a sequence.</param>
    /// <param name="embeddingDim">The size of the vectors.</param>
    public TokenAndPositionEmbeddingAttribute(int vocabularySize, int sequenceLength, int embeddingDim) =>
        (this.VocabularySize, this.SequenceLength, this.EmbeddingDim) = (vocabularySize, sequenceLength, embeddingDim);

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="vocabularySize">How many tokens there are.</param>
    /// <param name="sequenceLength">How many positions have a vector: the most steps of a sequence.</param>
    /// <param name="embeddingDim">The size of the vectors.</param>
    public TokenAndPositionEmbeddingAttribute(object vocabularySize, object sequenceLength, object embeddingDim) =>
        (this.VocabularySize, this.SequenceLength, this.EmbeddingDim) = (vocabularySize, sequenceLength, embeddingDim);

    /// <summary>How many tokens there are.</summary>
    public object VocabularySize { get; }

    /// <summary>How many positions have a vector: the most steps of a sequence.</summary>
    public object SequenceLength { get; }

    /// <summary>The size of the vectors.</summary>
    public object EmbeddingDim { get; }

    /// <summary>Whether the token 0 is masked; false unless given.</summary>
    public object? MaskZero { get; set; }

    /// <summary>How both tables start: an initializer such as <c>"RandomNormal(stddev: 0.02)"</c>; RandomUniform unless given.</summary>
    public string? EmbeddingsInitializer { get; set; }
}
