namespace NetGen.Tests.Training;

/// <summary>A linear unit.</summary>
[Network]
[Input(3)]
[Dense(1)]
public partial class Line;
