namespace NetGen;

/// <summary>
/// Keras's initializers with their defaults, for arguments such as <c>KernelInitializer</c>. One with parameters is written as text:
/// <c>KernelInitializer = "RandomNormal(stddev: 0.02)"</c>.
/// </summary>
public static class Initializer
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
}
