namespace NetGen.Tests.Training;

/// <summary>A classifier of the smallest pictures.</summary>
[Network]
[Input(2, 2, 3), Flatten]
[Dense(3, Activation = Activation.Softmax)]
public partial class Seen;
