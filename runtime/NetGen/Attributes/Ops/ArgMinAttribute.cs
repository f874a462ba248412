namespace NetGen;

public static partial class Ops
{
    /// <summary>The place of the smallest element along an axis, as a number. It has no gradient.</summary>
    public sealed class ArgMinAttribute : LayerAttribute
    {
        /// <summary>The axis, with the batch as 0; the first of a sample unless given.</summary>
        public object? Axis { get; set; }

        /// <summary>Whether the axis stays with the size 1, as it does unless told otherwise.</summary>
        public bool KeepDims { get; set; } = true;

        /// <summary>Whether the last of equal elements is taken and not the first.</summary>
        public bool SelectLastIndex { get; set; }
    }
}
