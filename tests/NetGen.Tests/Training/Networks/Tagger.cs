namespace NetGen.Tests.Training;

/// <summary>A class for each token of a text.</summary>
[Network]
[Input(Dim.Any, Name = "tokens")]
[Embedding(7, 4), GRU(5, ReturnSequences = true), Dense(3, Activation = Activation.Softmax)]
public partial class Tagger;
