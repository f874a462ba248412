namespace NetGen;

/// <summary>
/// How a weight gets its first values: an immutable description with Keras's name and defaults. Random ones are functions of (seed, stream,
/// element), so that a network has the same first weights wherever and in whatever order they are drawn.
/// </summary>
/// <remarks>
/// Its constants name the initializers with their defaults in layer attributes, <c>KernelInitializer = Initializer.HeNormal</c>; one with parameters is
/// written as text: <c>KernelInitializer = "RandomNormal(stddev: 0.02)"</c>.
/// </remarks>
public abstract class Initializer
{
    /// <summary>All 0.</summary>
    public const string Zeros = "Zeros()";

    /// <summary>All 1.</summary>
    public const string Ones = "Ones()";

    /// <summary>The identity matrix.</summary>
    public const string Identity = "Identity()";

    /// <summary>Uniform in ±sqrt(6 / (fan in + fan out)).</summary>
    public const string GlorotUniform = "GlorotUniform()";

    /// <summary>Truncated normal of variance 2 / (fan in + fan out).</summary>
    public const string GlorotNormal = "GlorotNormal()";

    /// <summary>Uniform in ±sqrt(6 / fan in).</summary>
    public const string HeUniform = "HeUniform()";

    /// <summary>Truncated normal of variance 2 / fan in.</summary>
    public const string HeNormal = "HeNormal()";

    /// <summary>Uniform in ±sqrt(3 / fan in).</summary>
    public const string LecunUniform = "LecunUniform()";

    /// <summary>Truncated normal of variance 1 / fan in.</summary>
    public const string LecunNormal = "LecunNormal()";

    /// <summary>Normal with mean 0 and standard deviation 0.05.</summary>
    public const string RandomNormal = "RandomNormal()";

    /// <summary>Uniform in [-0.05, 0.05).</summary>
    public const string RandomUniform = "RandomUniform()";

    /// <summary>Normal with mean 0 and standard deviation 0.05, drawn again beyond two standard deviations.</summary>
    public const string TruncatedNormal = "TruncatedNormal()";

    /// <summary>A random orthogonal matrix.</summary>
    public const string Orthogonal = "Orthogonal()";

    /// <summary>Truncated normal of variance 1 / fan in.</summary>
    public const string VarianceScaling = "VarianceScaling()";

    /// <summary>Fills a tensor.</summary>
    /// <param name="logical">The tensor's elements, row-major in Keras's layout (a dense kernel is (inputs, units)).</param>
    /// <param name="shape">Its shape, without negative sizes; empty for a scalar.</param>
    /// <param name="seed">The network's seed.</param>
    /// <param name="stream">The number of the weight within the network, so that each has its own random numbers.</param>
    /// <exception cref="ArgumentException">The length of <paramref name="logical"/> is not that of the shape, or the initializer cannot fill such a shape.</exception>
    public void Fill(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream)
    {
        long count = 1;
        foreach (int size in shape)
            count *= size;
        if (count != logical.Length)
        {
            throw new ArgumentException(
                $"The tensor has {logical.Length} elements; expected {count} for the shape {TensorInfo.FormatShape(shape)}.", nameof(logical));
        }
        Generate(logical, shape, seed, stream);
    }

    /// <summary>Fills a tensor whose length is known to be that of its shape.</summary>
    /// <inheritdoc cref="Fill"/>
    protected abstract void Generate(Span<float> logical, ReadOnlySpan<int> shape, ulong seed, uint stream);
}
