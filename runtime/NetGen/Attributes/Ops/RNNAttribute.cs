namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's RNN: h' = f(x W + h U + b), with f tanh unless told otherwise. Weights: kernel (features, units), recurrent_kernel (units, units), bias (units).</summary>
    public sealed class RNNAttribute : RecurrentAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public RNNAttribute(int units)
            : base(units)
        {
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public RNNAttribute(object units)
            : base(units)
        {
        }
    }
}
