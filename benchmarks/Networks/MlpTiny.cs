namespace NetGen.Benchmarks;

/// <summary>16-32-32-1 with tanh.</summary>
[Network, Input(16), Dense(32, Activation = Activation.Tanh), Dense(32, Activation = Activation.Tanh), Dense(1)]
public sealed partial class MlpTiny;
