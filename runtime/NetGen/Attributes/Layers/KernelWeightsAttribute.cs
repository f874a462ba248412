namespace NetGen;

/// <summary>A layer with a kernel and a bias: how they start, what penalty is on them, and what they are brought back to.</summary>
public abstract class KernelWeightsAttribute : LayerAttribute
{
    private protected KernelWeightsAttribute()
    {
    }

    /// <summary>How the kernel starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; GlorotUniform unless given.</summary>
    public string? KernelInitializer { get; set; }

    /// <summary>A penalty on the kernel that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? KernelRegularizer { get; set; }

    /// <summary>What the kernel is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? KernelConstraint { get; set; }

    /// <summary>How the bias starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; Zeros unless given.</summary>
    public string? BiasInitializer { get; set; }

    /// <summary>A penalty on the bias that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? BiasRegularizer { get; set; }

    /// <summary>What the bias is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? BiasConstraint { get; set; }
}
