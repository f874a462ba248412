namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's DepthToSpace, channels last: (batch, height, width, channels) to (batch, height blocksize, width blocksize, channels / blocksize²): the channels of an element become a block of elements.</summary>
    public sealed class DepthToSpaceAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="blocksize">The height and width of a block.</param>
        public DepthToSpaceAttribute(int blocksize)
        {
            this.Blocksize = blocksize;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="blocksize">The height and width of a block.</param>
        public DepthToSpaceAttribute(object blocksize)
        {
            this.Blocksize = blocksize;
        }

        /// <summary>The height and width of a block.</summary>
        public object Blocksize { get; }

        /// <summary>A <see cref="DepthToSpaceMode"/>: how the channels hold a block; DCR unless given.</summary>
        public object? Mode { get; set; }
    }
}
