namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's LpNormalization: Y = X / norm of X along an axis; where that is 0, Y is.</summary>
    public sealed class LpNormalizationAttribute : LayerAttribute
    {
        /// <summary>The axis, with the batch as 0; the last unless given.</summary>
        public object? Axis { get; set; }

        /// <summary>1 for the sum of absolute values, 2 for the root of the sum of squares; 2 unless given.</summary>
        public object? P { get; set; }
    }
}
