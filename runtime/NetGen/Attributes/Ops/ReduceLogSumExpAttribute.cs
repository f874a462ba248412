namespace NetGen;

public static partial class Ops
{
    /// <summary>The logarithm of the sum of the exponentials over axes.</summary>
    public sealed class ReduceLogSumExpAttribute : LayerAttribute
    {
        /// <summary>Over axes.</summary>
        /// <param name="axes">The axes, with the batch as 0; all but the batch where there are none.</param>
        public ReduceLogSumExpAttribute(params int[] axes) => this.Axes = axes;

        /// <summary>The axes, with the batch as 0; all but the batch where there are none.</summary>
        public int[] Axes { get; }

        /// <summary>Whether the axes stay with the size 1, as they do unless told otherwise.</summary>
        public bool KeepDims { get; set; } = true;
    }
}
