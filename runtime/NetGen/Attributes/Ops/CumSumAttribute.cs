namespace NetGen;

public static partial class Ops
{
    /// <summary>The sums along an axis up to each element.</summary>
    public sealed class CumSumAttribute : LayerAttribute
    {
        /// <summary>The axis, with the batch as 0; the first of a sample unless given.</summary>
        public object? Axis { get; set; }

        /// <summary>Whether the element itself is left out.</summary>
        public bool Exclusive { get; set; }

        /// <summary>Whether sums are from each element to the end.</summary>
        public bool Reverse { get; set; }
    }
}
