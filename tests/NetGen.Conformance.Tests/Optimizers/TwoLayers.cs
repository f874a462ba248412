namespace NetGen.Conformance.Tests;

/// <summary>The model of Keras's tests of MultiOptimizer.</summary>
[Network]
[Input(1)]
[Dense(2, UseBias = false, KernelInitializer = "Ones", Name = "dense_1")]
[Dense(1, UseBias = false, KernelInitializer = "Ones", Name = "dense_2")]
public partial class TwoLayers;
