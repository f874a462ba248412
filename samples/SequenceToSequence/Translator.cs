namespace NetGen.Samples;

/// <summary>
/// Reads a sentence word by word in both directions and writes another one. At each word that it writes it looks back at those words of the source that matter for it, after Bahdanau,
/// Cho, Bengio: "Neural machine translation by jointly learning to align and translate", 2015; what it has seen goes to the output beside its state, after Luong, Pham, Manning:
/// "Effective approaches to attention-based neural machine translation", 2015.
/// </summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(SourceTokens, 128, MaskZero = true, EmbeddingsInitializer = Rows), Dropout(0.2)]
[GRU(128, Bidirectional = Merge.Concat, ReturnSequences = true, ReturnState = true, Name = "encoder"), Dense(128, Name = "key")]
[Concatenate("encoder.forward_state_h", "encoder.backward_state_h"), Dense(256, Activation = Activation.Tanh, Name = "start")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(TargetTokens, 128, EmbeddingsInitializer = Rows), Dropout(0.2)]
[GRU(256, ReturnSequences = true, InitialState = "start", Name = "decoder"), Dense(128, UseBias = false, Name = "query")]
[AdditiveAttention("query", "encoder", "key", Name = "context"), Concatenate("context", "decoder")]
[Dense(256, Activation = Activation.Tanh), Dropout(0.3)]
[Dense(TargetTokens, Activation = Activation.Softmax)]
[Decode]
public partial class Translator
{
    /// <summary>The 686 Spanish words of EuTrans, padding and unknown.</summary>
    public const int SourceTokens = 688;

    /// <summary>Its 513 English words, padding, unknown, start and end.</summary>
    public const int TargetTokens = 517;

    // Words that differ from the start are told apart some epochs earlier than by the small rows that Keras begins with.
    private const string Rows = "RandomNormal(stddev: 0.3)";
}
