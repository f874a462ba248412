namespace NetGen;

public static partial class Ops
{
    /// <summary>-x.</summary>
    public sealed class NegAttribute : LayerAttribute;
}
