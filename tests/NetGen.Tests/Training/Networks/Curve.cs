namespace NetGen.Tests.Training;

/// <summary>slope x + offset of samples that are one number, by weights of their own; a scale never trains.</summary>
[Network]
[Input(Name = "x")]
[Ops.Parameter(Name = "slope", Initializer = "Ones"), Ops.Parameter(Name = "offset", Initializer = "Zeros", Trainable = true)]
[Ops.Parameter(Name = "scale", Initializer = "Ones", NonTrainable = true), Ops.Constant(0.5, Name = "half")]
[Multiply("x", "slope", "scale"), Ops.Mod("x", "half"), Ops.Where("half", "multiply", "mod"), Add("where", "offset", Name = "y")]
public partial class Curve;
