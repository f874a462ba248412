namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's MaxPool, channels last: Y = the maximum of each window of X, (batch, space..., channels), over one to three axes of space. What lies outside the map counts for nothing.</summary>
    public sealed class MaxPoolAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="kernelShape">The sizes of the window, one an axis of space: one to three numbers.</param>
        public MaxPoolAttribute(params int[] kernelShape)
        {
            this.KernelShape = kernelShape;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="kernelShape">The sizes of the window, one an axis of space: one to three numbers.</param>
        public MaxPoolAttribute(params object[] kernelShape)
        {
            this.KernelShape = kernelShape;
        }

        /// <summary>The sizes of the window, one an axis of space: one to three numbers.</summary>
        public object KernelShape { get; }

        /// <summary>The steps of the window, one number or one an axis of space; 1 unless given.</summary>
        public object? Strides { get; set; }

        /// <summary>How far a window reaches out of the map: one number, or those before the map for all axes of space and then those behind it; 0 unless given.</summary>
        public object? Pads { get; set; }

        /// <summary>The distances of the window's elements, one number or one an axis of space; 1 unless given.</summary>
        public object? Dilations { get; set; }

        /// <summary>Whether a last window may reach out behind the map and its pads; false unless given. A window that begins there is left out.</summary>
        public object? CeilMode { get; set; }
    }
}
