namespace NetGen;

/// <summary>
/// Y = activation(einsum(equation, X, kernel) + bias): a product along any axes. The equation names the axes of input, kernel and output by a letter each: <c>"abc,cd->abd"</c> is what
/// <c>Dense</c> does to a sequence. An axis of input and kernel that the output lacks is summed over; one of all three is gone through element by element. <c>...</c> stands for any axes of the
/// input that the output has too, in front (<c>"...c,cd->...d"</c>) or behind (<c>"ab...,bc->ac..."</c>). The batch comes first in input and output. The kernel has the sizes that its letters have
/// in input and output.
/// </summary>
public sealed class EinsumDenseAttribute : KernelWeightsAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="equation">The axes of input, kernel and output: <c>"ab,bc->ac"</c>.</param>
    /// <param name="outputShape">The output's sizes without the batch and without what <c>...</c> stands for; -1 for that of the input.</param>
    public EinsumDenseAttribute(string equation, params int[] outputShape)
    {
        this.Equation = equation;
        this.OutputShape = outputShape;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="equation">The axes of input, kernel and output: <c>"ab,bc->ac"</c>.</param>
    /// <param name="outputShape">The output's sizes without the batch and without what <c>...</c> stands for, one or an array; -1 for that of the input.</param>
    public EinsumDenseAttribute(string equation, object outputShape)
    {
        this.Equation = equation;
        this.OutputShape = outputShape;
    }

    /// <summary>The axes of input, kernel and output: <c>"ab,bc->ac"</c>.</summary>
    public string Equation { get; }

    /// <summary>The output's sizes without the batch and without what <c>...</c> stands for; -1 for that of the input.</summary>
    public object OutputShape { get; }

    /// <summary>The <see cref="NetGen.Activation"/> of the output; linear unless given.</summary>
    public object? Activation { get; set; }

    /// <summary>
    /// How many power iterations find the largest singular value of the kernel, by which each step of training divides it (spectral normalization; Miyato et al. 2018; Keras's wrapper
    /// SpectralNormalization); not divided unless given. The state <c>vector_u</c> goes on from step to step and is saved. Inference takes the kernel as training has left it; while the layer is frozen,
    /// training does, too.
    /// </summary>
    public object? SpectralNormalization { get; set; }

    /// <summary>The letters of the output's axes along which the bias has an element each; no bias unless given.</summary>
    public string? BiasAxes { get; set; }
}
