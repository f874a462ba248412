namespace NetGen.Benchmarks;

/// <summary>The same network on tokens, which writes by itself.</summary>
[Network(Training = false)]
[Input(Dim.Any, Type = ElementType.Int32, Name = "source"), Embedding(64, 64), LSTM(256, ReturnState = true, Name = "encoder")]
[Input(Dim.Any, Type = ElementType.Int32, Name = "target"), Embedding(64, 64), LSTM(256, ReturnSequences = true, InitialState = "encoder", Name = "decoder"), Dense(64)]
[Decode(Input = "target")]
public sealed partial class Seq2SeqDecode;
