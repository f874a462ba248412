namespace NetGen.Tests.Training;

/// <summary>A layer inside a block of the same name.</summary>
[Network]
[Input(3)]
[Pair(Name = "unit")]
public partial class Nested;
