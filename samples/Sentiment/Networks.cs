namespace NetGen.Samples;

/// <summary>Tells the opinion of a made-up sentence.</summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(Words, 24, MaskZero = true)]
[LSTM(24, Bidirectional = Merge.Concat), Dropout(0.2)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class Listener
{
    /// <summary>Room for all words of the grammar, with padding and what is unknown.</summary>
    public const int Words = 48;
}

/// <summary>Tells the opinion of a sentence about a film.</summary>
[Network]
[Input(Dim.Any, Type = ElementType.Int32), Embedding(Words, 64, MaskZero = true), Dropout(0.5)]
[LSTM(48, Bidirectional = Merge.Concat), Dropout(0.5)]
[Dense(1, Activation = Activation.Sigmoid)]
public partial class Critic
{
    /// <summary>The most frequent words, with padding and what is unknown.</summary>
    public const int Words = 10_000;
}
