namespace NetGen.Samples;

/// <summary>The layers that all networks here share; a network adds how many numbers go in and how one comes out.</summary>
[Dense(96, Activation = Activation.SiLU)]
[Dense(96, Activation = Activation.SiLU)]
[Dense(48, Activation = Activation.SiLU)]
public sealed class HiddenAttribute : BlockAttribute;

/// <summary>For the generated set.</summary>
[Network]
[Input(6), Hidden, Dense(1)]
public partial class Generated;

/// <summary>For the generated set, with an output that cannot leave the range of the targets.</summary>
[Network]
[Input(6), Hidden, Dense(1, Activation = Activation.Sigmoid)]
public partial class BoundedGenerated;

/// <summary>For auto-mpg: six numbers and three origins.</summary>
[Network]
[Input(9), Hidden, Dense(1)]
public partial class Cars;

/// <summary>For auto-mpg, bounded.</summary>
[Network]
[Input(9), Hidden, Dense(1, Activation = Activation.Sigmoid)]
public partial class BoundedCars;

/// <summary>For California housing: eight numbers and five kinds of place.</summary>
[Network]
[Input(13), Hidden, Dense(1)]
public partial class Houses;

/// <summary>For California housing, bounded.</summary>
[Network]
[Input(13), Hidden, Dense(1, Activation = Activation.Sigmoid)]
public partial class BoundedHouses;
