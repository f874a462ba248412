namespace NetGen;

/// <summary>Long short-term memory: (batch, time, features) to (batch, units), or to (batch, time, units) with ReturnSequences. A masked step keeps its state and repeats its last output.</summary>
public sealed class LSTMAttribute : LayerAttribute
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

    /// <summary>Whether a bias is added; true unless given.</summary>
    public object? UseBias { get; set; }

    /// <summary>Whether the forget gate's bias starts at 1; true unless given.</summary>
    public object? UnitForgetBias { get; set; }

    /// <summary>The rate of dropout of the input, the same for all steps; 0 unless given.</summary>
    public object? Dropout { get; set; }

    /// <summary>The rate of dropout of the state, the same for all steps; 0 unless given.</summary>
    public object? RecurrentDropout { get; set; }

    /// <summary>A seed of the layer's own for dropout, an integer.</summary>
    public object? Seed { get; set; }

    /// <summary>Whether the outputs of all steps go on; false unless given: the last.</summary>
    public object? ReturnSequences { get; set; }

    /// <summary>Whether the final states are the taps <c>name.state_h</c> and <c>name.state_c</c>; false unless given.</summary>
    public object? ReturnState { get; set; }

    /// <summary>Whether time runs from the end to the start, the outputs in the order of their making; false unless given.</summary>
    public object? GoBackwards { get; set; }

    /// <summary>Whether a masked step gives 0 rather than the last output; false unless given.</summary>
    public object? ZeroOutputForMask { get; set; }

    /// <summary>Where the states start: the name of a layer with ReturnState, or an array of two outputs; 0 unless given.</summary>
    public object? InitialState { get; set; }

    /// <summary>The name of an output (batch, time) of 0 and 1; the input's own mask unless given.</summary>
    public string? Mask { get; set; }

    /// <summary>How the kernel (features, 4 units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>A penalty on the kernel (features, 4 units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>What the kernel (features, 4 units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? KernelConstraint { get; set; }

    /// <summary>How the recurrent kernel (units, 4 units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Orthogonal unless given.</summary>
    public string? RecurrentInitializer { get; set; }

    /// <summary>A penalty on the recurrent kernel (units, 4 units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? RecurrentRegularizer { get; set; }

    /// <summary>What the recurrent kernel (units, 4 units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? RecurrentConstraint { get; set; }

    /// <summary>How the bias (4 units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias (4 units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias (4 units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
