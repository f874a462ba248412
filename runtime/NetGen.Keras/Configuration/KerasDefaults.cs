using NetGen.Generator;

namespace NetGen.Keras;

/// <summary>What Keras's layers and NetGen's do when an argument is not given; configurations give them all.</summary>
internal static class KerasDefaults
{
    /// <summary>By layer and argument.</summary>
    private static readonly Dictionary<string, string> OfLayers = new(StringComparer.Ordinal)
    {
        ["SimpleRNN.Activation"] = "Activation.Tanh",
        ["LSTM.Activation"] = "Activation.Tanh",
        ["GRU.Activation"] = "Activation.Tanh",
        ["ConvLSTM1D.Activation"] = "Activation.Tanh",
        ["ConvLSTM2D.Activation"] = "Activation.Tanh",
        ["ConvLSTM3D.Activation"] = "Activation.Tanh",
        ["GRU.ResetAfter"] = "true",
        ["BatchNormalization.Scale"] = "true",
        ["BatchNormalization.Axis"] = "-1",
        ["BatchNormalization.RenormMomentum"] = "0.99",
        ["LayerNormalization.Scale"] = "true",
        ["LayerNormalization.Axis"] = "-1",
        ["GroupNormalization.Scale"] = "true",
        ["GroupNormalization.Axis"] = "-1",
        ["GroupNormalization.Groups"] = "32",
        ["RMSNormalization.Axis"] = "-1",
        ["RMSNormalization.Epsilon"] = "1E-06",
        ["UnitNormalization.Axis"] = "-1",
        ["ActivityRegularization.L1"] = "0",
        ["ActivityRegularization.L2"] = "0",
        ["Normalization.Axis"] = "-1",
        ["Softmax.Axis"] = "-1",
        ["LogSoftmax.Axis"] = "-1",
        ["Concatenate.Axis"] = "-1",
        ["UpSampling2D.Interpolation"] = "Interpolation.Nearest",
        ["UpSampling2D.Size"] = "2",
        ["UpSampling1D.Size"] = "2",
        ["UpSampling3D.Size"] = "2",
        ["RandomTranslation.Interpolation"] = "Interpolation.Bilinear",
        ["RandomTranslation.FillMode"] = "FillMode.Reflect",
        ["RandomTranslation.FillValue"] = "0",
        ["RandomZoom.Interpolation"] = "Interpolation.Bilinear",
        ["RandomZoom.FillMode"] = "FillMode.Reflect",
        ["RandomZoom.FillValue"] = "0",
        ["RandomRotation.Interpolation"] = "Interpolation.Bilinear",
        ["RandomRotation.FillMode"] = "FillMode.Reflect",
        ["RandomRotation.FillValue"] = "0",
        ["Resizing.Interpolation"] = "Interpolation.Bilinear",
        ["LeakyReLU.NegativeSlope"] = "0.3",
        ["ReLU.NegativeSlope"] = "0",
        ["ReLU.Threshold"] = "0",
        ["ELU.Alpha"] = "1",
        ["Rescaling.Offset"] = "0",
        ["Masking.MaskValue"] = "0",
        ["Attention.ScoreMode"] = "ScoreMode.Dot",
        ["Attention.UseScale"] = "false",
        ["AdditiveAttention.UseScale"] = "true",
        ["Embedding.EmbeddingsInitializer"] = "\"RandomUniform\"",
        ["MultiHeadAttention.Dropout"] = "0",
        ["PReLU.AlphaInitializer"] = "\"Zeros\"",
    };

    /// <summary>By argument, of every layer for which the table above says nothing.</summary>
    private static readonly Dictionary<string, string> OfArguments = new(StringComparer.Ordinal)
    {
        ["Padding"] = "Padding.Valid",
        ["DataFormat"] = "DataFormat.ChannelsLast",
        ["DilationRate"] = "1",
        ["Groups"] = "1",
        ["Activation"] = "Activation.Linear",
        ["RecurrentActivation"] = "Activation.Sigmoid",
        ["UseBias"] = "true",
        ["UnitForgetBias"] = "true",
        ["KernelInitializer"] = "\"GlorotUniform\"",
        ["DepthwiseInitializer"] = "\"GlorotUniform\"",
        ["PointwiseInitializer"] = "\"GlorotUniform\"",
        ["RecurrentInitializer"] = "\"Orthogonal\"",
        ["BiasInitializer"] = "\"Zeros\"",
        ["BetaInitializer"] = "\"Zeros\"",
        ["GammaInitializer"] = "\"Ones\"",
        ["MovingMeanInitializer"] = "\"Zeros\"",
        ["MovingVarianceInitializer"] = "\"Ones\"",
        ["Momentum"] = "0.99",
        ["Epsilon"] = "0.001",
        ["Center"] = "true",
        ["DepthMultiplier"] = "1",
        ["Dropout"] = "0",
        ["RecurrentDropout"] = "0",
        ["ReturnSequences"] = "false",
        ["ReturnState"] = "false",
        ["GoBackwards"] = "false",
        ["Stateful"] = "false",
        ["ZeroOutputForMask"] = "false",
        ["Keepdims"] = "false",
        ["MaskZero"] = "false",
        ["Renorm"] = "false",
        ["RmsScaling"] = "false",
        ["Invert"] = "false",
        ["Normalize"] = "false",
        ["Approximate"] = "false",
        ["UseGate"] = "false",
        ["CropToAspectRatio"] = "false",
        ["PadToAspectRatio"] = "false",
        ["Antialias"] = "false",
    };

    /// <summary>Whether an argument says what the layer does without it.</summary>
    public static bool Is(string kind, ArgumentSpec argument, IEnumerable<ArgumentSpec> all)
    {
        // An initializer's own arguments may be its defaults, too.
        ArgumentValue value = argument.Value is TextValue text && argument.Name == "EmbeddingsInitializer" && text.Value is "RandomUniform(minval: -0.05, maxval: 0.05)" or "RandomUniform(maxval: 0.05, minval: -0.05)" ? new TextValue("RandomUniform")
            : argument.Value is TextValue { Value: "Orthogonal(gain: 1)" } ? new TextValue("Orthogonal")
            : argument.Value is ArrayValue { Items: [var only] } ? only
            : argument.Value;
        if (kind == "Activation")
        {
            return false;
        }

        if (argument.Name == "Strides")
        {
            return all.FirstOrDefault(a => a.Name == "PoolSize") is { } pool ? pool.Value == value : value == new IntegerValue(1);
        }

        return (OfLayers.TryGetValue(kind + "." + argument.Name, out string? fallback) || OfArguments.TryGetValue(argument.Name, out fallback)) && value.ToString() == fallback && !(kind.StartsWith("ZeroPadding", StringComparison.Ordinal) && argument.Name == "Padding");
    }

    /// <summary>The number that an activation's layer has where it is a plain activation.</summary>
    public static double OfActivation(string kind, string argument) => (kind, argument) switch
    {
        ("LeakyReLU", "alpha" or "negative_slope") => 0.2,
        ("ELU", "alpha") => 1,
        _ => 0,
    };
}
