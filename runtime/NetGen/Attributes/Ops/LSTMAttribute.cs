namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's LSTM: i, f, o = f(x W + h U + b), c' = f c + i g(x W + h U + b), h' = o h(c'); the functions f, g and h are sigmoid, tanh and tanh unless told otherwise. Weights: kernel (features, 4 units), recurrent_kernel (units, 4 units), bias (4 units), with the gates in Keras's order i, f, c, o.</summary>
    public sealed class LSTMAttribute : RecurrentAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public LSTMAttribute(int units)
            : base(units)
        {
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public LSTMAttribute(object units)
            : base(units)
        {
        }

        /// <summary>Whether the forget gate is 1 less the input gate; false unless given.</summary>
        public object? InputForget { get; set; }

        /// <summary>Whether the gates see the state c, times a weight <c>peephole</c> (3, units) whose rows are those of i, o and f; false unless given.</summary>
        public object? Peepholes { get; set; }

        /// <summary>How the peepholes (3, units) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
        public string? PeepholeInitializer { get; set; }

        /// <summary>A penalty on the peepholes (3, units) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? PeepholeRegularizer { get; set; }

        /// <summary>What the peepholes (3, units) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? PeepholeConstraint { get; set; }
    }
}
