namespace NetGen;

public static partial class Ops
{
    /// <summary>A tensor so many times along each axis of a sample: (2, 3) becomes (2, 6) by (1, 2).</summary>
    public sealed class TileAttribute : LayerAttribute
    {
        /// <summary>By constants.</summary>
        /// <param name="repeats">How many times, for each axis of a sample.</param>
        public TileAttribute(params int[] repeats) => this.Repeats = repeats;

        /// <summary>With symbols of a block, as texts.</summary>
        /// <param name="repeats">How many times, for each axis of a sample.</param>
        public TileAttribute(params object[] repeats) => this.Repeats = repeats;

        /// <summary>How many times, for each axis of a sample.</summary>
        public object Repeats { get; }
    }
}
