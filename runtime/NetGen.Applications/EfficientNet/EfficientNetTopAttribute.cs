namespace NetGen;

/// <summary>The top of EfficientNet: the mean of the map, dropout and the classes.</summary>
/// <param name="classes">The number of classes.</param>
/// <param name="dropout">The share of features that is dropped before the classes.</param>
[GlobalAveragePooling2D(Name = "avg_pool"), Dropout(nameof(dropout), When = "dropout > 0", Name = "top_dropout")]
[Dense(nameof(classes), Activation = Activation.Softmax, KernelInitializer = "VarianceScaling(scale: 1.0 / 3, mode: \"fan_out\", distribution: \"uniform\")", Name = "predictions")]
public sealed class EfficientNetTopAttribute(int classes, double dropout) : BlockAttribute;
