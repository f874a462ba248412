namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where x is not a number, else 0.</summary>
    public sealed class IsNaNAttribute : LayerAttribute;
}
