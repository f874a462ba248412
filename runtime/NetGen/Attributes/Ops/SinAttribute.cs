namespace NetGen;

public static partial class Ops
{
    /// <summary>The sine of x in radians.</summary>
    public sealed class SinAttribute : LayerAttribute;
}
