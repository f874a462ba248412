namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's ConvTranspose, channels last: each element of X spreads a filter into Y, (batch, space..., channels) to (batch, space..., filters), over one to three axes of space; then bias and activation.</summary>
    /// <remarks>The size of an axis of the output is strides (size - 1) + outputPadding + dilations (kernelShape - 1) + 1 - pads. The kernel is (sizes..., filters / groups, channels); the bias (filters).</remarks>
    public sealed class ConvTransposeAttribute : KernelAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="filters">The channels of the output.</param>
        /// <param name="kernelShape">The sizes of the filter, one an axis of space: one to three numbers.</param>
        public ConvTransposeAttribute(int filters, params int[] kernelShape)
        {
            this.Filters = filters;
            this.KernelShape = kernelShape;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="filters">The channels of the output.</param>
        /// <param name="kernelShape">The sizes of the filter, one an axis of space: one to three numbers.</param>
        public ConvTransposeAttribute(object filters, params object[] kernelShape)
        {
            this.Filters = filters;
            this.KernelShape = kernelShape;
        }

        /// <summary>The channels of the output.</summary>
        public object Filters { get; }

        /// <summary>The sizes of the filter, one an axis of space: one to three numbers.</summary>
        public object KernelShape { get; }

        /// <summary>The distances at which the filters of two neighbours stand in Y, one number or one an axis of space; 1 unless given.</summary>
        public object? Strides { get; set; }

        /// <summary>What is cut off the output: one number, or that before it for all axes of space and then that behind it; 0 unless given.</summary>
        public object? Pads { get; set; }

        /// <summary>What the output has behind all filters, one number or one an axis of space; 0 unless given.</summary>
        public object? OutputPadding { get; set; }

        /// <summary>The distances of the filter's elements, one number or one an axis of space; 1 unless given.</summary>
        public object? Dilations { get; set; }

        /// <summary>In how many groups input and output channels are taken, each with filters of its own; 1 unless given.</summary>
        public object? Groups { get; set; }

        /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
        public object? Activation { get; set; }
    }
}
