namespace NetGen;

public static partial class Ops
{
    /// <summary>The largest whole number that is not above x.</summary>
    public sealed class FloorAttribute : LayerAttribute;
}
