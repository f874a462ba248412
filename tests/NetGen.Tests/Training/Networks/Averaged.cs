namespace NetGen.Tests.Training;

/// <summary>The mean over the steps of a sequence, with statistics of the steps that count.</summary>
[Network]
[Input(Dim.Any, 2)]
[Normalization(Name = "norm"), Dense(4), BatchNormalization, GlobalAveragePooling1D, Dense(1)]
public partial class Averaged;
