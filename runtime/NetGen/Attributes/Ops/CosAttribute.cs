namespace NetGen;

public static partial class Ops
{
    /// <summary>The cosine of x in radians.</summary>
    public sealed class CosAttribute : LayerAttribute;
}
