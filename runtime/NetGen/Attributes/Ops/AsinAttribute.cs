namespace NetGen;

public static partial class Ops
{
    /// <summary>The angle in radians whose sine is x; NaN beyond 1.</summary>
    public sealed class AsinAttribute : LayerAttribute;
}
