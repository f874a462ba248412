namespace NetGen;

public static partial class Ops
{
    /// <summary>(exp(x) - exp(-x)) / 2.</summary>
    public sealed class SinhAttribute : LayerAttribute;
}
