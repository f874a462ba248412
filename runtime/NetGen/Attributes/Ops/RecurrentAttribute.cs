namespace NetGen;

public static partial class Ops
{
    /// <summary>What ONNX's recurrent ops share, with Keras's names, shapes and order of the weights: (batch, time, features) to (batch, units), or to (batch, time, units) with ReturnSequences; twice as many units for both directions.</summary>
    public abstract class RecurrentAttribute : LayerAttribute
    {
        private protected RecurrentAttribute(object units) => this.Units = units;

        /// <summary>The size of the state and of the output.</summary>
        public object Units { get; }

        /// <summary>Whether a bias is added; true unless given.</summary>
        public object? UseBias { get; set; }

        /// <summary>An <see cref="RnnDirection"/>; forward unless given. The weights of both directions are <c>name/forward/kernel</c>, <c>name/backward/kernel</c> and so on.</summary>
        public object? Direction { get; set; }

        /// <summary>The functions by ONNX's names, those of one direction behind those of the other: Relu, Tanh, Sigmoid, Softsign, Softplus, Affine, LeakyRelu, ThresholdedRelu, ScaledTanh, HardSigmoid or Elu.</summary>
        public string[]? Activations { get; set; }

        /// <summary>The first parameters of those functions that have one, in their order; ONNX's defaults unless given.</summary>
        public object? ActivationAlpha { get; set; }

        /// <summary>The second parameters of those functions that have two, in their order; ONNX's defaults unless given.</summary>
        public object? ActivationBeta { get; set; }

        /// <summary>What the functions are given is clipped to this number on both sides; it is not unless given.</summary>
        public object? Clip { get; set; }

        /// <summary>Where the states start: the name of a layer with ReturnState, or an array of as many outputs (batch, units) as there are states, of both directions those of the forward one first; 0 unless given.</summary>
        public object? InitialState { get; set; }

        /// <summary>The name of an output (batch): how many steps of each sample count; all unless given. Steps behind them give 0.</summary>
        public string? Lengths { get; set; }

        /// <summary>Whether the outputs of all steps go on; false unless given: the last.</summary>
        public object? ReturnSequences { get; set; }

        /// <summary>Whether the final states are taps: <c>name.state_h</c>, of an LSTM also <c>name.state_c</c>; of both directions <c>name.forward_state_h</c>, <c>name.backward_state_h</c> and so on. False unless given.</summary>
        public object? ReturnState { get; set; }

        /// <summary>How the kernel (features, gates x units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
        public string? KernelInitializer { get; set; }

        /// <summary>A penalty on the kernel (features, gates x units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? KernelRegularizer { get; set; }

        /// <summary>What the kernel (features, gates x units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? KernelConstraint { get; set; }

        /// <summary>How the recurrent kernel (units, gates x units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Orthogonal unless given.</summary>
        public string? RecurrentInitializer { get; set; }

        /// <summary>A penalty on the recurrent kernel (units, gates x units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? RecurrentRegularizer { get; set; }

        /// <summary>What the recurrent kernel (units, gates x units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? RecurrentConstraint { get; set; }

        /// <summary>How the bias starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
        public string? BiasInitializer { get; set; }

        /// <summary>A penalty on the bias that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? BiasRegularizer { get; set; }

        /// <summary>What the bias is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? BiasConstraint { get; set; }
    }
}
