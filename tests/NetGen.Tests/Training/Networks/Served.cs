namespace NetGen.Tests.Training;

/// <summary>A network that is not trained.</summary>
[Network(Training = false)]
[Input(2)]
[Dense(1)]
public partial class Served;
