namespace NetGen;

public static partial class Ops
{
    /// <summary>1 / x.</summary>
    public sealed class ReciprocalAttribute : LayerAttribute;
}
