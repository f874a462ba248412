namespace NetGen;

public static partial class Ops
{
    /// <summary>ONNX's InstanceNormalization, channels last: Y = scale (X - mean) / sqrt(variance + epsilon) + bias, with the statistics of each channel of each sample over all axes of space.</summary>
    public sealed class InstanceNormalizationAttribute : LayerAttribute
    {
        /// <summary>What is added to the variance; 0.00001 unless given.</summary>
        public object? Epsilon { get; set; }

        /// <summary>How the scale (channels) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Ones unless given.</summary>
        public string? ScaleInitializer { get; set; }

        /// <summary>A penalty on the scale (channels) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? ScaleRegularizer { get; set; }

        /// <summary>What the scale (channels) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? ScaleConstraint { get; set; }

        /// <summary>How the bias (channels) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
        public string? BiasInitializer { get; set; }

        /// <summary>A penalty on the bias (channels) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
        public string? BiasRegularizer { get; set; }

        /// <summary>What the bias (channels) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
        public string? BiasConstraint { get; set; }
    }
}
