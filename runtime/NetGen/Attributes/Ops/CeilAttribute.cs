namespace NetGen;

public static partial class Ops
{
    /// <summary>The least whole number that is not below x.</summary>
    public sealed class CeilAttribute : LayerAttribute;
}
