namespace NetGen;

public static partial class Ops
{
    /// <summary>x + bias below -lambd, x - bias above lambd, 0 between.</summary>
    public sealed class ShrinkAttribute : LayerAttribute
    {
        /// <summary>Half the width of what becomes 0; 0.5 unless given.</summary>
        public object? Lambd { get; set; }

        /// <summary>What is taken off the rest; 0 unless given.</summary>
        public object? Bias { get; set; }
    }
}
