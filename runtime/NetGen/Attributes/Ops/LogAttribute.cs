namespace NetGen;

public static partial class Ops
{
    /// <summary>The natural logarithm; NaN below 0.</summary>
    public sealed class LogAttribute : LayerAttribute;
}
