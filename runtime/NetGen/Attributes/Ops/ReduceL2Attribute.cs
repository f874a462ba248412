namespace NetGen;

public static partial class Ops
{
    /// <summary>The root of the sum of the squares over axes.</summary>
    public sealed class ReduceL2Attribute : LayerAttribute
    {
        /// <summary>Over axes.</summary>
        /// <param name="axes">The axes, with the batch as 0; all but the batch where there are none.</param>
        public ReduceL2Attribute(params int[] axes) => this.Axes = axes;

        /// <summary>The axes, with the batch as 0; all but the batch where there are none.</summary>
        public int[] Axes { get; }

        /// <summary>Whether the axes stay with the size 1, as they do unless told otherwise.</summary>
        public bool KeepDims { get; set; } = true;
    }
}
