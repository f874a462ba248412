namespace NetGen;

/// <summary>log(sigmoid(x)).</summary>
public sealed class LogSigmoidAttribute : LayerAttribute;
