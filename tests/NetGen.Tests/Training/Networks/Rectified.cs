namespace NetGen.Tests.Training;

/// <summary>An activation that may swallow NaN.</summary>
[Network]
[Input(3)]
[Dense(5, Activation = Activation.ReLU)]
[Dense(1)]
public partial class Rectified;
