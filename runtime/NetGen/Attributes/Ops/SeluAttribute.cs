namespace NetGen;

public static partial class Ops
{
    /// <summary>gamma x above 0, gamma alpha (exp(x) - 1) elsewhere.</summary>
    public sealed class SeluAttribute : LayerAttribute
    {
        /// <summary>1.67326319... unless given.</summary>
        public object? Alpha { get; set; }

        /// <summary>1.05070102... unless given.</summary>
        public object? Gamma { get; set; }
    }
}
