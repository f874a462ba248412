namespace NetGen.Tests.Training;

/// <summary>A sum of many inputs.</summary>
[Network]
[Input(700)]
[Dense(1)]
public partial class Row;
