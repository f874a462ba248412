namespace NetGen;

public static partial class Ops
{
    /// <summary>The nearest whole number; of two as near, the even one.</summary>
    public sealed class RoundAttribute : LayerAttribute;
}
