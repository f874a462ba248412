namespace NetGen.Samples;

/// <summary>Tells the next character of the made-up tales.</summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(Characters, 24)]
[LSTM(96, ReturnSequences = true)]
[Dense(Characters, Activation = Activation.Softmax)]
[Decode]
public partial class Storyteller
{
    /// <summary>The letters, a space, a comma, a full stop and the end of a line, with padding and what is unknown.</summary>
    public const int Characters = 32;
}

/// <summary>Tells the next character of Shakespeare.</summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(Characters, 64)]
[LSTM(256, ReturnSequences = true), Dropout(0.25)]
[LSTM(256, ReturnSequences = true), Dropout(0.25)]
[Dense(Characters, Activation = Activation.Softmax)]
[Decode]
public partial class Playwright
{
    /// <summary>The 65 characters of tinyshakespeare, with padding and what is unknown.</summary>
    public const int Characters = 67;
}
