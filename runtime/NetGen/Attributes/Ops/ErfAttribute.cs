namespace NetGen;

public static partial class Ops
{
    /// <summary>The error function.</summary>
    public sealed class ErfAttribute : LayerAttribute;
}
