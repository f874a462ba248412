namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's Pad: a sample with more around it, or less where a number is negative.</summary>
    public sealed class PadAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="pads">What stands before each axis of a sample, then what stands behind each; negative numbers cut off.</param>
        public PadAttribute(params int[] pads)
        {
            this.Pads = pads;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="pads">What stands before each axis of a sample, then what stands behind each; negative numbers cut off.</param>
        public PadAttribute(params object[] pads)
        {
            this.Pads = pads;
        }

        /// <summary>What stands before each axis of a sample, then what stands behind each; negative numbers cut off.</summary>
        public object Pads { get; }

        /// <summary>A <see cref="PadMode"/>: what stands there; a number unless given.</summary>
        public object? Mode { get; set; }

        /// <summary>The number; 0 unless given.</summary>
        public object? Value { get; set; }
    }
}
