namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's Conv, channels last: Y = activation(X convolved with kernel + bias), (batch, space..., channels) to (batch, space..., filters), over one to three axes of space. The kernel is (sizes..., channels / groups, filters); the bias (filters).</summary>
    public sealed class ConvAttribute : KernelAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="filters">The channels of the output.</param>
        /// <param name="kernelShape">The sizes of the filter, one an axis of space: one to three numbers.</param>
        public ConvAttribute(int filters, params int[] kernelShape)
        {
            this.Filters = filters;
            this.KernelShape = kernelShape;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="filters">The channels of the output.</param>
        /// <param name="kernelShape">The sizes of the filter, one an axis of space: one to three numbers.</param>
        public ConvAttribute(object filters, params object[] kernelShape)
        {
            this.Filters = filters;
            this.KernelShape = kernelShape;
        }

        /// <summary>The channels of the output.</summary>
        public object Filters { get; }

        /// <summary>The sizes of the filter, one an axis of space: one to three numbers.</summary>
        public object KernelShape { get; }

        /// <summary>The steps of the filter, one number or one an axis of space; 1 unless given.</summary>
        public object? Strides { get; set; }

        /// <summary>How far the filter reaches out of the map: one number, or those before the map for all axes of space and then those behind it; 0 unless given.</summary>
        public object? Pads { get; set; }

        /// <summary>The distances of the filter's elements, one number or one an axis of space; 1 unless given.</summary>
        public object? Dilations { get; set; }

        /// <summary>In how many groups input and output channels are taken, each with filters of its own; 1 unless given.</summary>
        public object? Groups { get; set; }

        /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
        public object? Activation { get; set; }
    }
}
