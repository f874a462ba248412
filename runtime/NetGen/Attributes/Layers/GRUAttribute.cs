namespace NetGen;

/// <summary>
/// Gated recurrent unit (Cho et al. 2014; Keras's GRU): (batch, time, features) to (batch, units), or to (batch, time, units) with ReturnSequences.
/// Weights: kernel (features, 3 units), recurrent kernel (units, 3 units), bias (2, 3 units), or (3 units) where ResetAfter is false, with the gates in the order z, r, h.
/// </summary>
public sealed class GRUAttribute : RecurrentAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public GRUAttribute(int units) => this.Units = units;

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="units">The size of the state and of the output.</param>
    public GRUAttribute(object units) => this.Units = units;

    /// <summary>The size of the state and of the output.</summary>
    public object Units { get; }

    /// <summary>The <see cref="NetGen.Activation"/> of the candidate; tanh unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>The <see cref="NetGen.Activation"/> of the gates; sigmoid unless given.</summary>
    public object? RecurrentActivation { get; set; }

    /// <summary>Whether the reset gate acts behind the product with the recurrent kernel, which then has a bias of its own, rather than before it; true unless given.</summary>
    public object? ResetAfter { get; set; }
}
