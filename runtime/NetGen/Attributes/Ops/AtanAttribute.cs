namespace NetGen;

public static partial class Ops
{
    /// <summary>The angle in radians whose tangent is x.</summary>
    public sealed class AtanAttribute : LayerAttribute;
}
