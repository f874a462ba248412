namespace NetGen;

public static partial class Ops
{
    /// <summary>
    /// A part of some axes, from a start up to an end that is left out, in steps. Bounds count from the end where they are negative, and are held within the axis; <see cref="int.MaxValue"/>
    /// is the end. With steps below 0 it goes backwards, and <see cref="int.MinValue"/> is the beginning.
    /// </summary>
    public sealed class SliceAttribute : LayerAttribute
    {
        /// <summary>Where to begin, for each axis.</summary>
        public int[] Starts { get; set; } = [];

        /// <summary>Where to end, for each axis: the first place that is left out.</summary>
        public int[] Ends { get; set; } = [];

        /// <summary>The axes, with the batch as 0; the first of a sample unless given.</summary>
        public int[]? Axes { get; set; }

        /// <summary>From place to place, for each axis; 1 unless given.</summary>
        public int[]? Steps { get; set; }
    }
}
