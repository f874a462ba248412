namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's SpaceToDepth, channels last: (batch, height, width, channels) to (batch, height / blocksize, width / blocksize, channels blocksize²): each block of elements becomes the channels of one, in the order row, column, channel.</summary>
    public sealed class SpaceToDepthAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="blocksize">The height and width of a block.</param>
        public SpaceToDepthAttribute(int blocksize)
        {
            this.Blocksize = blocksize;
        }

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="blocksize">The height and width of a block.</param>
        public SpaceToDepthAttribute(object blocksize)
        {
            this.Blocksize = blocksize;
        }

        /// <summary>The height and width of a block.</summary>
        public object Blocksize { get; }
    }
}
