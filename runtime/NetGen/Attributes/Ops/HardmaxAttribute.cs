namespace NetGen;

public static partial class Ops
{
    /// <summary>1 at the largest element along an axis, the first of equal ones, else 0. It has no gradient.</summary>
    public sealed class HardmaxAttribute : LayerAttribute
    {
        /// <summary>The axis, with the batch as 0; the last unless given.</summary>
        public object? Axis { get; set; }
    }
}
