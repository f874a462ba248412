namespace NetGen.Tests.Training;

/// <summary>Both directions go on from batch to batch, and heed the steps that count.</summary>
[Network]
[Input(Dim.Any, 2)]
[SimpleRNN(4, Stateful = true, Bidirectional = Merge.Concat, Trainable = true), Dense(1)]
public partial class CarryingBoth;
