namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's GRU: z, r = f(x W + h U + b), h' = z h + (1 - z) g(...); the functions f and g are sigmoid and tanh unless told otherwise. Weights: kernel (features, 3 units), recurrent_kernel (units, 3 units), bias (3 units), with the gates in the order z, r, h.</summary>
    public sealed class GRUAttribute : RecurrentAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public GRUAttribute(int units)
            : base(units)
        {
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="units">The size of the state and of the output.</param>
        public GRUAttribute(object units)
            : base(units)
        {
        }

        /// <summary>Whether the reset gate acts behind the product with the recurrent kernel rather than before it; false unless given. The bias is then (2, 3 units): that of the input and that of the state.</summary>
        public object? LinearBeforeReset { get; set; }
    }
}
