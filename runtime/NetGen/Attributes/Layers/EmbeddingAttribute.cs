namespace NetGen;

/// <summary>Rows of a learned table by tokens: (batch, ...) of whole numbers in [0, inputDim) to (batch, ..., outputDim).</summary>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>With constants.</summary>
    /// <param name="inputDim">How many tokens there are.</param>
    /// <param name="outputDim">The size of a token's row.</param>
    public EmbeddingAttribute(int inputDim, int outputDim)
    {
        this.InputDim = inputDim;
        this.OutputDim = outputDim;
    }

    /// <summary>With symbols of a block, as texts.</summary>
    /// <param name="inputDim">How many tokens there are.</param>
    /// <param name="outputDim">The size of a token's row.</param>
    public EmbeddingAttribute(object inputDim, object outputDim)
    {
        this.InputDim = inputDim;
        this.OutputDim = outputDim;
    }

    /// <summary>How many tokens there are.</summary>
    public object InputDim { get; }

    /// <summary>The size of a token's row.</summary>
    public object OutputDim { get; }

    /// <summary>Whether token 0 stands for no token and is masked; false unless given.</summary>
    public object? MaskZero { get; set; }

    /// <summary>
    /// How many power iterations find the largest singular value of the table, by which each step of training divides it (spectral normalization; Miyato et al. 2018; Keras's wrapper
    /// SpectralNormalization); not divided unless given. The state <c>vector_u</c> goes on from step to step and is saved. Inference takes the table as training has left it; while the layer is frozen,
    /// training does, too.
    /// </summary>
    public object? SpectralNormalization { get; set; }

    /// <summary>How the table (inputDim, outputDim) starts: an initializer such as <c>"HeNormal"</c> or <c>"RandomNormal(stddev: 0.02)"</c>; RandomUniform unless given.</summary>
    public string? EmbeddingsInitializer { get; set; }

    /// <summary>A penalty on the table (inputDim, outputDim) that is added to the loss, such as <c>"L2(0.01)"</c>; none unless given.</summary>
    public string? EmbeddingsRegularizer { get; set; }

    /// <summary>What the table (inputDim, outputDim) is brought back to after each step, such as <c>"MaxNorm(3)"</c>; nothing unless given.</summary>
    public string? EmbeddingsConstraint { get; set; }
}
