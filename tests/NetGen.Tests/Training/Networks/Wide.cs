namespace NetGen.Tests.Training;

/// <summary>More weights than a reader takes at once, and columns that do not fill the panels.</summary>
[Network]
[Input(1001)]
[Dense(1003, Activation = Activation.ReLU)]
[Dense(7)]
public partial class Wide;
