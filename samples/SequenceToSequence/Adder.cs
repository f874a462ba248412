namespace NetGen.Samples;

/// <summary>
/// Reads a sum character by character and writes the result, after Sutskever, Vinyals, Le: "Sequence to sequence learning with neural networks", 2014. The state in which the
/// encoder ends is all that the decoder knows of the sum. As there, the encoder reads from the end to the start.
/// </summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(SourceTokens, 16, MaskZero = true)]
[LSTM(128, GoBackwards = true, ReturnState = true, Name = "encoder")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(TargetTokens, 16)]
[LSTM(128, ReturnSequences = true, InitialState = "encoder")]
[Dense(TargetTokens, Activation = Activation.Softmax)]
[Decode]
public partial class Adder
{
    /// <summary>Ten digits, plus and equals, padding and unknown.</summary>
    public const int SourceTokens = 14;

    /// <summary>Ten digits, padding, unknown, start and end.</summary>
    public const int TargetTokens = 14;
}
