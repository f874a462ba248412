namespace NetGen;

/// <summary><see cref="PreprocessingMode.Caffe"/> as a part of the network: blue first, then less the mean of each channel.</summary>
[Ops.Slice(Starts = new[] { -1 }, Ends = new[] { int.MinValue }, Axes = new[] { -1 }, Steps = new[] { -1 })]
[Normalization(Mean = new[] { 103.939, 116.779, 123.68 }, Variance = new[] { 1.0, 1.0, 1.0 })]
public sealed class CaffePreprocessingAttribute : BlockAttribute;
