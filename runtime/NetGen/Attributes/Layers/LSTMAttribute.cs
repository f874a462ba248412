namespace NetGen;

/// <summary>
/// Long short-term memory (Hochreiter and Schmidhuber 1997; Keras's LSTM): (batch, time, features) to (batch, units), or to (batch, time, units) with ReturnSequences.
/// Weights: kernel (features, 4 units), recurrent kernel (units, 4 units), bias (4 units), with the gates in the order i, f, c, o.
/// </summary>
public sealed class LSTMAttribute : RecurrentAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public LSTMAttribute(int units) => this.Units = units;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public LSTMAttribute(object units) => this.Units = units;

    /// <summary>The size of the state and of the output.</summary>
    public object Units { get; }

    /// <summary>The <see cref="NetGen.Activation"/> of the candidate and of the state's way out; tanh unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the gates; sigmoid unless given.</summary>
    public object? RecurrentActivation { get; set; }

    /// <summary>Whether the forget gate's bias starts at 1; true unless given.</summary>
    public object? UnitForgetBias { get; set; }
}
