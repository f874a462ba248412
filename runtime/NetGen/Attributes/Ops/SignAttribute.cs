namespace NetGen;

public static partial class Ops
{
    /// <summary>1 above 0, -1 below, 0 at 0.</summary>
    public sealed class SignAttribute : LayerAttribute;
}
