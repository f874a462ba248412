namespace NetGen.Generator.Tests;

/// <summary>Tapes that hold every layer; an architecture test says which has none. Each is checked against finite differences.</summary>
internal static class LayerSamples
{
    public static readonly string[] All =
    [
        "[Input(4), Dense(3), Dense(2, Activation = Activation.Tanh, UseBias = false)]",
        "[Input(Dim.Any, 2, 3), Dense(2)]",
        "[Input(5), Activation(Activation.GELU), Identity, Dense(1)]",
        "[Input(5), ReLU(MaxValue = 0.8, NegativeSlope = 0.1, Threshold = 0.2), LeakyReLU, ReLU6]",
        "[Input(3, 2), PReLU(SharedAxes = 1), ELU(Alpha = 0.7), CELU(Alpha = 0.5), SELU]",
        "[Input(6), GELU(Approximate = true), GLU, SiLU, Mish]",
        "[Input(6), Softplus, Softsign, Squareplus(B = 2), SoftShrink(Threshold = 0.1), HardShrink(Threshold = 0.2)]",
        "[Input(6), TanhShrink, SparsePlus, SparseSigmoid, Sparsemax]",
        "[Input(6), Tanh, Sigmoid, HardSigmoid, HardSiLU, HardTanh, Exponential]",
        "[Input(2, 3), LogSigmoid, LogSoftmax(Axis = 1), Softmax(Axis = new[] { 1, 2 }), Threshold(0.1, 0.05)]",
        "[Input(4), BatchNormalization, Dense(2)]",
        "[Input(2, 3, 4), BatchNormalization(Axis = 1, Scale = false)]",
        "[Input(Dim.Any, 3), Masking, BatchNormalization(Trainable = true)]",
        "[Input(3, 4), LayerNormalization, Dense(2), LayerNormalization(Axis = 1, RmsScaling = true)]",
        "[Input(3, 4), LayerNormalization(Axis = new[] { 1, 2 }, Center = false)]",
        "[Input(3, 4), Normalization, Normalization(Axis = 1, Mean = new[] { 1.0, 2.0, 3.0 }, Variance = 2.0, Invert = true), Rescaling(2, Offset = new[] { 0.1, 0.2, 0.3, 0.4 })]",
        "[Input(3, 4), Dropout(0.4), Dropout(0.5, NoiseShape = new[] { -1, 1, 4 }), Flatten, Reshape(2, -1)]",
        "[Input(4), RepeatVector(3), Flatten(DataFormat = DataFormat.ChannelsFirst)]",
        "[Input(4), Dense(4, Name = \"a\"), Dense(1, Name = \"b\"), Add(\"a\", \"b\", \"input\"), Subtract(\"add\", \"b\"), Multiply(\"subtract\", \"b\")]",
        "[Input(2, 3), Masking, Dense(3, Name = \"a\"), Average(\"a\", \"input\"), Maximum(\"average\", \"a\"), Minimum(\"maximum\", \"input\"), Concatenate(\"minimum\", \"a\", Axis = 1)]",
        "[Input(5, 4, 3), Conv2D(2, 3, 2, Strides = 2, Padding = Padding.Same), BatchNormalization, Conv2D(4, 2, Groups = 2, DataFormat = DataFormat.ChannelsLast)]",
        "[Input(7, 5, 3), MaxPooling2D(2, 3, Strides = 2, Padding = Padding.Same), AveragePooling2D(3, Strides = 1, Padding = Padding.Same), GlobalAveragePooling2D(Keepdims = true)]",
        "[Input(3, 5, 4), MaxPooling2D(DataFormat = DataFormat.ChannelsFirst), GlobalMaxPooling2D(DataFormat = DataFormat.ChannelsFirst)]",
        "[Input(6, 4, 2), AveragePooling2D, GlobalAveragePooling2D]",
        "[Input(6, 4, 2), MaxPooling2D(3), Flatten]",
        "[Input(9, 3), MaxPooling1D(3, Strides = 2), AveragePooling1D(2, Padding = Padding.Same), GlobalMaxPooling1D]",
        "[Input(Dim.Any, 3), MaxPooling1D(2, Strides = 1), AveragePooling1D(2, Padding = Padding.Same, Strides = 1), GlobalAveragePooling1D]",
        "[Input(4, 3), Masking, GlobalAveragePooling1D(Keepdims = true)]",
        "[Input(Dim.Any, Type = ElementType.Int32), Embedding(3, 2, MaskZero = true), Dense(2)]",
        "[Input(Dim.Any, 3), LSTM(2, ReturnSequences = true), LSTM(2, UseBias = false, GoBackwards = true)]",
        "[Input(Dim.Any, 2), Masking, LSTM(2, ReturnSequences = true, ReturnState = true, Dropout = 0.3, RecurrentDropout = 0.4, Name = \"e\"), LSTM(2, InitialState = \"e\", ReturnSequences = true, GoBackwards = true)]",
        "[Input(3, 2), Masking, LSTM(2, ZeroOutputForMask = true, Activation = Activation.Softsign, RecurrentActivation = Activation.HardSigmoid, UnitForgetBias = false)]",
    ];
}
