namespace NetGen.Conformance.Tests;

/// <summary>The model of Keras's test_ema_with_model_fit.</summary>
[Network]
[Input(1)]
[Dense(2, UseBias = false, KernelInitializer = "Ones", Name = "dense")]
public partial class OneLayer;
