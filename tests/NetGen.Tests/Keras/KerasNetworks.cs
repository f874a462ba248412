namespace NetGen.Tests.Keras;

/// <summary>The ready-made architectures on maps that are small, so that a test compiles and fills them soon.</summary>
[Network(Training = false)]
[Input(32, 32, 3), ResNet50Base(Name = "")]
internal partial class SmallResNet50;

[Network(Training = false)]
[Input(32, 32, 3), ResNet50Base(Name = "base"), GlobalAveragePooling2D, Dense(3, Name = "head")]
internal partial class HeadedResNet50;

[Network(Training = false)]
[Input(32, 32, 3), VGG16Base(Name = "")]
internal partial class SmallVGG16;

[Network(Training = false)]
[Input(32, 32, 3), VGG19Base(Name = "")]
internal partial class SmallVGG19;

[Network(Training = false)]
[Input(32, 32, 3), MobileNetBase(0.25, Name = "")]
internal partial class SmallMobileNet;

[Network(Training = false)]
[Input(32, 32, 3), MobileNetV2Base(0.35, Name = "")]
internal partial class SmallMobileNetV2;

[Network(Training = false)]
[Input(32, 32, 3), MobileNetV3SmallBase(0.5, Name = "")]
internal partial class SmallMobileNetV3;

[Network(Training = false)]
[Input(32, 32, 3), DenseNet121Base(Name = "")]
internal partial class SmallDenseNet121;

[Network(Training = false)]
[Input(32, 32, 3), EfficientNetB0Base(Name = "")]
internal partial class SmallEfficientNetB0;

/// <summary>Every kind of layer with weights that takes maps.</summary>
[Network(Training = false)]
[Input(8, 8, 3), Normalization(Name = "norm")]
[Conv2D(4, 3, Padding = Padding.Same, Name = "first"), BatchNormalization(Name = "bn"), PReLU(Name = "prelu")]
[DepthwiseConv2D(3, DepthMultiplier = 2, Name = "depth"), GroupNormalization(2, Name = "groups")]
[SeparableConv2D(6, 3, Name = "separable"), Conv2DTranspose(5, 3, Name = "transposed")]
[LayerNormalization(Name = "layer"), Flatten, Dense(7, Name = "dense"), Dense(2, UseBias = false, Name = "last")]
internal partial class MapKinds;

/// <summary>Every kind of layer with weights that takes sequences.</summary>
[Network(Training = false)]
[Input(6, Type = ElementType.Int32), Embedding(20, 4, Name = "words")]
[Conv1D(5, 2, Padding = Padding.Same, Name = "conv"), LSTM(3, ReturnSequences = true, Name = "lstm"), GRU(4, ReturnSequences = true, Name = "gru")]
[GRU(3, ReturnSequences = true, ResetAfter = false, Name = "gru_before"), SimpleRNN(5, ReturnSequences = true, Name = "rnn")]
[LSTM(2, ReturnSequences = true, Bidirectional = Merge.Concat, Name = "both"), Dense(4, TimeDistributed = true, Name = "each"), Identity(Name = "x")]
[MultiHeadAttention(2, 3, "x", "x", Name = "heads"), LSTM(2, Bidirectional = Merge.Sum, Name = "both_last"), Dense(2, Name = "end")]
internal partial class StepKinds;

/// <summary>The same layers under other names.</summary>
[Network(Training = false)]
[Input(6, Type = ElementType.Int32), Embedding(20, 4, Name = "a")]
[Conv1D(5, 2, Padding = Padding.Same, Name = "b"), LSTM(3, ReturnSequences = true, Name = "c"), GRU(4, ReturnSequences = true, Name = "d")]
[GRU(3, ReturnSequences = true, ResetAfter = false, Name = "e"), SimpleRNN(5, ReturnSequences = true, Name = "f")]
[LSTM(2, ReturnSequences = true, Bidirectional = Merge.Concat, Name = "g"), Dense(4, TimeDistributed = true, Name = "h"), Identity(Name = "x")]
[MultiHeadAttention(2, 3, "x", "x", Name = "i"), LSTM(2, Bidirectional = Merge.Sum, Name = "j"), Dense(2, Name = "k")]
internal partial class RenamedStepKinds;
