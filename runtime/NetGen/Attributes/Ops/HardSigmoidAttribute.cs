namespace NetGen;

public static partial class Ops
{
    /// <summary>alpha x + beta, held between 0 and 1.</summary>
    public sealed class HardSigmoidAttribute : LayerAttribute
    {
        /// <summary>The slope; 0.2 unless given.</summary>
        public object? Alpha { get; set; }

        /// <summary>The value at 0; 0.5 unless given.</summary>
        public object? Beta { get; set; }
    }
}
