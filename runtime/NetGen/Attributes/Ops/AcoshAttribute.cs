namespace NetGen;

public static partial class Ops
{
    /// <summary>The inverse of cosh; NaN below 1.</summary>
    public sealed class AcoshAttribute : LayerAttribute;
}
