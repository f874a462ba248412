namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's LRN, channels last: Y = X / (bias + alpha / size times the sum of X² over size neighbouring channels)^beta.</summary>
    public sealed class LRNAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="size">How many channels are summed: as many on both sides, one more behind where the number is even.</param>
        public LRNAttribute(int size)
        {
            this.Size = size;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="size">How many channels are summed: as many on both sides, one more behind where the number is even.</param>
        public LRNAttribute(object size)
        {
            this.Size = size;
        }

        /// <summary>How many channels are summed: as many on both sides, one more behind where the number is even.</summary>
        public object Size { get; }

        /// <summary>The factor of the sum; 0.0001 unless given.</summary>
        public object? Alpha { get; set; }

        /// <summary>The exponent; 0.75 unless given.</summary>
        public object? Beta { get; set; }

        /// <summary>What is added to the sum; 1 unless given.</summary>
        public object? Bias { get; set; }
    }
}
