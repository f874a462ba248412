namespace NetGen.Benchmarks;

/// <summary>An LSTM of 256 units over 20 steps, another one that starts from its states over 20 more, and a dense layer at each of those.</summary>
internal static class Seq2SeqTwin
{
    private const int Steps = 20, Features = 64, Units = 256;

    /// <summary>Sequences of vectors: the decoder is given what it should have written (teacher forcing).</summary>
    public static Layer Build() => Build(new InputLayer("source", [Steps, Features]), new InputLayer("target", [Steps, Features]));

    /// <summary>Sequences of tokens, of which there are as many as the vectors have elements; the decoder's are its own, so its input is not given.</summary>
    public static Layer BuildDecoding() => Build(
        new EmbeddingLayer("embedding", new InputLayer("source", [Steps], Features), Features),
        new EmbeddingLayer("embedding_1", new InputLayer("target", [Steps], Features), Features));

    private static DenseLayer Build(Layer source, Layer target) => new("dense", new EncoderDecoderLayer("seq2seq", source, target, Units), Features, Nonlinearity.Linear);
}
