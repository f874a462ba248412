namespace NetGen;

public static partial class Ops
{
    /// <summary>The square root; NaN below 0.</summary>
    public sealed class SqrtAttribute : LayerAttribute;
}
