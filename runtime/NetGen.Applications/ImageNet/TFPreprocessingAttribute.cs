namespace NetGen;

/// <summary><see cref="PreprocessingMode.TF"/> as a part of the network: x / 127.5 - 1.</summary>
[Rescaling(1 / 127.5, Offset = -1)]
public sealed class TFPreprocessingAttribute : BlockAttribute;
