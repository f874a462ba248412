namespace NetGen.Generator;

/// <summary>
/// What a layer's ops are called in ONNX as a whole, where that is more than the sum of them: other tools know a BatchNormalization or an LSTM by its name and run it better than its parts.
/// A layer notes it beside the ops that it composes (<see cref="Graph.Forms"/>); the compiler itself never reads it.
/// </summary>
/// <param name="Inputs">What it is computed from; an optional one that is absent is null.</param>
/// <param name="Outputs">Values of the graph that it gives.</param>
internal abstract record KnownForm(EquatableArray<Value?> Inputs, EquatableArray<Value> Outputs)
{
    /// <summary>All that it is computed from.</summary>
    public virtual IEnumerable<Value?> Reads => this.Inputs;
}

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta along an axis.</summary>
internal sealed record BatchNormalizationForm(Value X, Value? Gamma, Value? Beta, Value Mean, Value Variance, int Axis, double Epsilon, Value Y)
    : KnownForm(EquatableArray.Of<Value?>(X, Gamma, Beta, Mean, Variance), EquatableArray.Of(Y));

/// <summary>Y = gamma (X - mean) / sqrt(variance + epsilon) + beta over the axes from one on, of whose shape gamma and beta are.</summary>
internal sealed record LayerNormalizationForm(Value X, Value? Gamma, Value? Beta, int Axis, double Epsilon, Value Y)
    : KnownForm(EquatableArray.Of<Value?>(X, Gamma, Beta), EquatableArray.Of(Y));

/// <summary>The mean over some axes.</summary>
internal sealed record MeanForm(Value X, EquatableArray<int> Axes, bool KeepDims, Value Y) : KnownForm(EquatableArray.Of<Value?>(X), EquatableArray.Of(Y));

/// <summary>Y = (X · kernel + bias) scale, where X has other axes in front of those that the product goes over.</summary>
/// <param name="X">(outer..., input...).</param>
/// <param name="Kernel">(input..., output...).</param>
/// <param name="Bias">(output...) or null.</param>
/// <param name="Rank">How many axes the product goes over.</param>
/// <param name="Scale">A number.</param>
/// <param name="Y">(outer..., output...).</param>
internal sealed record ProductForm(Value X, Value Kernel, Value? Bias, int Rank, double Scale, Value Y) : KnownForm(EquatableArray.Of<Value?>(X, Kernel, Bias), EquatableArray.Of(Y));

/// <summary>A convolution over three axes of space.</summary>
internal sealed record VolumeConvForm(ConvGeometry Geometry, Value X, Value Filter, Value Y) : KnownForm(EquatableArray.Of<Value?>(X, Filter), EquatableArray.Of(Y));

/// <summary>The way back of a convolution over three axes of space, from X to Y.</summary>
internal sealed record VolumeConvTransposeForm(ConvGeometry Geometry, Value X, Value Filter, Value Y) : KnownForm(EquatableArray.Of<Value?>(X, Filter), EquatableArray.Of(Y));

/// <summary>Maxima or means of windows over three axes of space, by the operator's name.</summary>
internal sealed record VolumePoolForm(string Op, PoolGeometry Geometry, Value X, Value Y) : KnownForm(EquatableArray.Of<Value?>(X), EquatableArray.Of(Y));

/// <summary>One direction of a recurrent layer.</summary>
/// <param name="Kind">The layer: <c>LSTM</c>, <c>GRU</c> or <c>SimpleRNN</c>, or that of ONNX's name.</param>
/// <param name="X">The input (batch, time, features).</param>
/// <param name="Kernel">(features, gates x units), in Keras's order of gates.</param>
/// <param name="Recurrent">(units, gates x units).</param>
/// <param name="Bias">(gates x units), of a GRU that resets behind the product (2, gates x units); or null.</param>
/// <param name="Initial">The states before the first step; null where they are 0.</param>
/// <param name="Activations">ONNX's activations in ONNX's order, with their parameters.</param>
/// <param name="IsReverse">Whether time runs from the end to the start.</param>
/// <param name="Sequence">The outputs of all steps, time first.</param>
/// <param name="Final">The states behind the last step.</param>
/// <param name="Also">Another value that is the last output, or null.</param>
internal sealed record RecurrentForm(
    string Kind, Value X, Value Kernel, Value Recurrent, Value? Bias, EquatableArray<Value?> Initial, EquatableArray<OnnxActivation> Activations, bool IsReverse,
    Value Sequence, EquatableArray<Value> Final, Value? Also)
    : KnownForm(new Value?[] { X, Kernel, Recurrent, Bias }.Concat(Initial).ToEquatableArray(), new[] { Sequence }.Concat(Final).Concat(Also is null ? [] : new[] { Also }).ToEquatableArray())
{
    /// <summary>Of a GRU, whether the reset gate acts behind the product.</summary>
    public bool ResetsAfter { get; init; }

    /// <summary>How many steps of each sample count; all where null.</summary>
    public Value? Lengths { get; init; }

    /// <summary>Of an LSTM, what its gates see of the state: (3, units), of the gates i, o and f; or null.</summary>
    public Value? Peepholes { get; init; }

    /// <summary>What the arguments of the activations are held within, or null.</summary>
    public double? Clip { get; init; }

    /// <summary>Of an LSTM, whether its forget gate is 1 minus the input gate.</summary>
    public bool CouplesGates { get; init; }

    public override IEnumerable<Value?> Reads => base.Reads.Append(this.Lengths).Append(this.Peepholes);
}

/// <summary>An activation by ONNX's name, with its parameters where they are not the defaults.</summary>
internal sealed record OnnxActivation(string Name, double? Alpha = null, double? Beta = null)
{
    /// <summary>The one that Keras's name means in a recurrent layer; null where ONNX's operators do not have it.</summary>
    public static OnnxActivation? Of(string keras) => keras switch
    {
        "Tanh" => new("Tanh"),
        "Sigmoid" => new("Sigmoid"),
        "ReLU" => new("Relu"),
        "Softsign" => new("Softsign"),
        "Softplus" => new("Softplus"),
        "ELU" => new("Elu", 1),
        "LeakyReLU" => new("LeakyRelu", 0.2),
        "HardSigmoid" => new("HardSigmoid", 1.0 / 6, 0.5),
        "LegacyHardSigmoid" => new("HardSigmoid", 0.2, 0.5),
        "Linear" => new("Affine", 1, 0),
        _ => null,
    };
}
