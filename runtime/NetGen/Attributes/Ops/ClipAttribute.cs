namespace NetGen;

public static partial class Ops
{
    /// <summary>x held between two bounds; where they cross, the upper one.</summary>
    public sealed class ClipAttribute : LayerAttribute
    {
        /// <summary>The lower bound; none unless given.</summary>
        public object? Min { get; set; }

        /// <summary>The upper bound; none unless given.</summary>
        public object? Max { get; set; }
    }
}
