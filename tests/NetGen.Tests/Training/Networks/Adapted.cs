namespace NetGen.Tests.Training;

/// <summary>A Normalization of every kind of axis that adapts to data.</summary>
[Network]
[Input(3, 4, 5)]
[Normalization]
[Normalization(2, Name = "middle")]
[Normalization(new[] { 1, 3 }, Name = "outer")]
[Normalization(new int[0], Name = "all")]
[Normalization(Mean = 1, Variance = 2, Name = "constant")]
[Flatten]
[Dense(1)]
public partial class Adapted;

/// <summary>A Normalization over any time.</summary>
[Network]
[Input(Dim.Any, 2)]
[Normalization]
[Dense(1)]
public partial class AdaptedSequence;
