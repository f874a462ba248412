namespace NetGen.Tests.Training;

/// <summary>Attention of all kinds over the steps that count.</summary>
[Network]
[Input(Dim.Any, 3)]
[MultiHeadAttention(2, 4), Attention(UseScale = true), AdditiveAttention, Dense(2)]
public partial class Attending;
