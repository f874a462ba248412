namespace NetGen.Tests.Training;

/// <summary>Two inputs and two outputs.</summary>
[Network]
[Input(3, Name = "left")]
[Dense(6, Activation = Activation.Tanh, Name = "a")]
[Input(2, Name = "right")]
[Dense(6, Activation = Activation.Tanh, Name = "b")]
[Add("a", "b", Name = "sum")]
[Dense(4, Activation = Activation.Softmax, Name = "kind")]
[Dense(1, Name = "age", From = "sum")]
[Output("kind")]
[Output("age")]
public partial class TwoHeads;
