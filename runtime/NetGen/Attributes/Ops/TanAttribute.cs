namespace NetGen;

public static partial class Ops
{
    /// <summary>The tangent of x in radians.</summary>
    public sealed class TanAttribute : LayerAttribute;
}
