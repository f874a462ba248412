namespace NetGen;

public static partial class Ops
{
    /// <summary>x above alpha, else 0.</summary>
    public sealed class ThresholdedReluAttribute : LayerAttribute
    {
        /// <summary>The threshold; 1 unless given.</summary>
        public object? Alpha { get; set; }
    }
}
