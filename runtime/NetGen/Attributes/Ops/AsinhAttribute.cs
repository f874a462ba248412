namespace NetGen;

public static partial class Ops
{
    /// <summary>The inverse of sinh.</summary>
    public sealed class AsinhAttribute : LayerAttribute;
}
