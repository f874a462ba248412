namespace NetGen.Samples;

/// <summary>
/// Forecasts a series from all that it has been given, step by step: the convolution looks at a few steps, the LSTM remembers what was before. See <see cref="SeasonalSteps"/> for what goes in
/// and out.
/// </summary>
[Network]
[Input(Dim.Any, SeasonalSteps.Size), Conv1D(16, 3, Padding = Padding.Causal, Activation = Activation.Tanh)]
[LSTM(24, ReturnSequences = true), Dropout(0.2)]
[Dense(1, KernelInitializer = "Zeros")]
public partial class Forecaster;
