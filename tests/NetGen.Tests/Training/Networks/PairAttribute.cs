namespace NetGen.Tests.Training;

/// <summary>Two layers.</summary>
[Dense(4, Name = "unit")]
[Dense(2, Name = "out")]
public sealed class PairAttribute : BlockAttribute;
