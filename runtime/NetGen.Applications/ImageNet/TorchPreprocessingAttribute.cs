namespace NetGen;

/// <summary><see cref="PreprocessingMode.Torch"/> as a part of the network: x / 255, then less the mean and over the deviation of each channel.</summary>
[Rescaling(1 / 255.0)]
[Normalization(Mean = new[] { 0.485, 0.456, 0.406 }, Variance = new[] { 0.229 * 0.229, 0.224 * 0.224, 0.225 * 0.225 })]
public sealed class TorchPreprocessingAttribute : BlockAttribute;
