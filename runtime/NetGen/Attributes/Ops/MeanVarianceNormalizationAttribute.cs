namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's MeanVarianceNormalization: Y = (X - mean) / deviation, with the statistics of each sample over some axes.</summary>
    public sealed class MeanVarianceNormalizationAttribute : LayerAttribute
    {
        /// <summary>With constants.</summary>
        /// <param name="axes">The axes, with the batch as 0, which is none of them; none given are all axes of space.</param>
        public MeanVarianceNormalizationAttribute(params int[] axes)
        {
            this.Axes = axes;
        }

        /// <summary>The axes, with the batch as 0, which is none of them; none given are all axes of space.</summary>
        public object Axes { get; }
    }
}
