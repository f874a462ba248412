namespace NetGen;

/// <summary>
/// The names of the initializers, for layer attributes: <c>KernelInitializer = Initializers.HeNormal</c>. One with arguments is written as a
/// constructor call, <c>KernelInitializer = "RandomNormal(stddev: 0.02)"</c>.
/// </summary>
public static class Initializers
{
    /// <summary><see cref="NetGen.Zeros"/>.</summary>
    public const string Zeros = nameof(NetGen.Zeros);

    /// <summary><see cref="NetGen.Ones"/>.</summary>
    public const string Ones = nameof(NetGen.Ones);

    /// <summary><see cref="NetGen.Constant"/>.</summary>
    public const string Constant = nameof(NetGen.Constant);

    /// <summary><see cref="NetGen.RandomNormal"/>.</summary>
    public const string RandomNormal = nameof(NetGen.RandomNormal);

    /// <summary><see cref="NetGen.RandomUniform"/>.</summary>
    public const string RandomUniform = nameof(NetGen.RandomUniform);

    /// <summary><see cref="NetGen.TruncatedNormal"/>.</summary>
    public const string TruncatedNormal = nameof(NetGen.TruncatedNormal);

    /// <summary><see cref="NetGen.VarianceScaling"/>.</summary>
    public const string VarianceScaling = nameof(NetGen.VarianceScaling);

    /// <summary><see cref="NetGen.GlorotNormal"/>.</summary>
    public const string GlorotNormal = nameof(NetGen.GlorotNormal);

    /// <summary><see cref="NetGen.GlorotUniform"/>.</summary>
    public const string GlorotUniform = nameof(NetGen.GlorotUniform);

    /// <summary><see cref="NetGen.HeNormal"/>.</summary>
    public const string HeNormal = nameof(NetGen.HeNormal);

    /// <summary><see cref="NetGen.HeUniform"/>.</summary>
    public const string HeUniform = nameof(NetGen.HeUniform);

    /// <summary><see cref="NetGen.LecunNormal"/>.</summary>
    public const string LecunNormal = nameof(NetGen.LecunNormal);

    /// <summary><see cref="NetGen.LecunUniform"/>.</summary>
    public const string LecunUniform = nameof(NetGen.LecunUniform);

    /// <summary><see cref="NetGen.Orthogonal"/>.</summary>
    public const string Orthogonal = nameof(NetGen.Orthogonal);

    /// <summary><see cref="NetGen.Identity"/>.</summary>
    public const string Identity = nameof(NetGen.Identity);
}
