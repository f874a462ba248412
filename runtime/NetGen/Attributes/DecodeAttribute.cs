namespace NetGen;

/// <summary>
/// Lets a network write sequences of tokens: the generated <c>Decode</c> gives each token that it chooses to an input as the next step, and chooses the next one by an output. It
/// runs the part of the network behind that input step by step, and the rest once.
/// <code>
/// [Network]
/// [Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(90, 64), LSTM(256, ReturnState = true, Name = "encoder")]
/// [Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(80, 64), LSTM(256, ReturnSequences = true, InitialState = "encoder")]
/// [Dense(80, Activation = Activation.Softmax, Name = "probabilities")]
/// [Decode(Input = "target", Output = "probabilities")]
/// public partial class Translator;
/// </code>
/// </summary>
public sealed class DecodeAttribute : TapeAttribute
{
    /// <summary>The name of the input that takes the tokens, of shape (Dim.Any); the last input unless given.</summary>
    public string? Input { get; set; }

    /// <summary>
    /// The name of the output that says what comes next, of shape (the input's time, tokens): probabilities, if it ends in a softmax, and logits otherwise. The first output unless given.
    /// </summary>
    public string? Output { get; set; }
}
