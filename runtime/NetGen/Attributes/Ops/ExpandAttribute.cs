namespace NetGen;

public static partial class Ops
{
    /// <summary>Repeats what has the size 1 along an axis, until the shape of a sample is that of NumPy's broadcasting with a given one: (1, 3) becomes (2, 4, 3) by (2, 4, 1).</summary>
    public sealed class ExpandAttribute : LayerAttribute
    {
        /// <summary>To constants.</summary>
        /// <param name="shape">The shape of a sample with which it broadcasts.</param>
        public ExpandAttribute(params int[] shape) => this.Shape = shape;

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="shape">The shape of a sample with which it broadcasts.</param>
        public ExpandAttribute(params object[] shape) => this.Shape = shape;

        /// <summary>The shape of a sample with which it broadcasts.</summary>
        public object Shape { get; }
    }
}
