namespace NetGen.Tests.Training;

/// <summary>A base that starts frozen, so that training is compiled behind it as well.</summary>
[Network, Input(6, 6, 2), SplitBackbone(Name = "base", Trainable = false), GlobalAveragePooling2D, Dropout(0.3), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class SplitBase;

/// <summary>The same with a base that starts live.</summary>
[Network, Input(6, 6, 2), SplitBackbone(Name = "base", Trainable = true), GlobalAveragePooling2D, Dropout(0.3), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class WholeBase;

/// <summary>The same with a base that does in training what it does in inference.</summary>
[Network, Input(6, 6, 2), SplitBackbone(Name = "base", Trainable = false, Training = false), GlobalAveragePooling2D, Dropout(0.3), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class InferringBase;

/// <summary>Random layers at the beginning: nothing behind them is the same twice.</summary>
[Network, Input(6, 6, 2), RandomFlip, RandomTranslation(0.2, 0.2), SplitBackbone(Name = "base", Trainable = false), Flatten, Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class AugmentedBase;

/// <summary>The same with a base that starts live.</summary>
[Network, Input(6, 6, 2), RandomFlip, RandomTranslation(0.2, 0.2), SplitBackbone(Name = "base", Trainable = true), Flatten, Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class AugmentedWhole;

/// <summary>A random layer in the frozen part: what stands before it is split off.</summary>
[Network, Input(6, 6, 2)]
[SplitBackbone(Name = "low", Trainable = false), Dropout(0.5), Conv2D(4, 3, Name = "high", Trainable = false), Flatten, Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class DropoutBetween;

/// <summary>Two features, of which one is read twice, and an input that the live part reads too.</summary>
[Network, Input(5, Name = "x"), Dense(7, Activation = Activation.Tanh, Name = "low", Trainable = false), Dense(6, Activation = Activation.Tanh, Name = "high", Trainable = false)]
[Dense(6, From = "low", Name = "side"), Add("high", "side", Name = "sum"), Concatenate("sum", "high", "x"), Dense(3, Activation = Activation.Softmax, Name = "head")]
public partial class TwoFeatures;
