namespace NetGen;

/// <summary>
/// The plain recurrent layer (Keras's SimpleRNN), h' = activation(x W + h U + b): (batch, time, features) to (batch, units), or to (batch, time, units) with
/// ReturnSequences. Weights: kernel (features, units), recurrent kernel (units, units), bias (units).
/// </summary>
public sealed class SimpleRNNAttribute : RecurrentAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public SimpleRNNAttribute(int units) => this.Units = units;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public SimpleRNNAttribute(object units) => this.Units = units;

    /// <summary>The size of the state and of the output.</summary>
    public object Units { get; }

    /// <summary>The <see cref="NetGen.Activation"/> of the state; tanh unless given.</summary>
    public object? Activation { get; set; }
}
