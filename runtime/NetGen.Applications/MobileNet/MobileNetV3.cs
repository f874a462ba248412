namespace NetGen;

/// <summary>What the minimalistic MobileNetV3 has otherwise, as expressions over its argument.</summary>
internal static class MobileNetV3
{
    /// <summary>The activation behind the first units.</summary>
    public const string Activation = "minimalistic ? Activation.ReLU : Activation.HardSiLU";

    /// <summary>The size of wide filters.</summary>
    public const string KernelSize = "minimalistic ? 3 : 5";

    /// <summary>The share of channels to which a weighting of channels narrows; 0 for none.</summary>
    public const string Squeeze = "minimalistic ? 0 : 0.25";
}
