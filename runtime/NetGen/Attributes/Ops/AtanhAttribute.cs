namespace NetGen;

public static partial class Ops
{
    /// <summary>The inverse of tanh; infinite at 1 and -1, NaN beyond.</summary>
    public sealed class AtanhAttribute : LayerAttribute;
}
