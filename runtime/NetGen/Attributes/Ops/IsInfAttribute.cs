namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where x is infinite, else 0.</summary>
    public sealed class IsInfAttribute : LayerAttribute
    {
        /// <summary>Whether minus infinity counts; it does unless told otherwise.</summary>
        public bool DetectNegative { get; set; } = true;

        /// <summary>Whether plus infinity counts; it does unless told otherwise.</summary>
        public bool DetectPositive { get; set; } = true;
    }
}
