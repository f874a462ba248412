namespace NetGen;

public static partial class Ops
{
    /// <summary>1 where x is 0, else 0.</summary>
    public sealed class NotAttribute : LayerAttribute;
}
