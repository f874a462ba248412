namespace NetGen;

/// <summary>The activations of Keras 3, each with Keras's default parameters; those with parameters exist as layers too.</summary>
public enum Activation
{
    /// <summary>x.</summary>
    Linear,

    /// <summary>max(x, 0).</summary>
    ReLU,

    /// <summary>x where x > 0, else 0.2 x.</summary>
    LeakyReLU,

    /// <summary>min(max(x, 0), 6).</summary>
    ReLU6,

    /// <summary>exp(x) / sum(exp(x)) over the last axis.</summary>
    Softmax,

    /// <summary>max(x, 0) + min(0, exp(x) - 1).</summary>
    CELU,

    /// <summary>x where x > 0, else exp(x) - 1.</summary>
    ELU,

    /// <summary>1.05070098 x where x > 0, else 1.05070098 * 1.67326324 (exp(x) - 1).</summary>
    SELU,

    /// <summary>x P(X ≤ x) with X standard normal, by the error function.</summary>
    GELU,

    /// <summary>a sigmoid(b), with a and b the halves of x along the last axis.</summary>
    GLU,

    /// <summary>x sigmoid(x), also called swish.</summary>
    SiLU,

    /// <summary>x tanh(softplus(x)).</summary>
    Mish,

    /// <summary>log(exp(x) + 1).</summary>
    Softplus,

    /// <summary>x / (|x| + 1).</summary>
    Softsign,

    /// <summary>(x + sqrt(x² + 4)) / 2.</summary>
    Squareplus,

    /// <summary>x - 0.5 where x > 0.5, x + 0.5 where x &lt; -0.5, else 0.</summary>
    SoftShrink,

    /// <summary>x where |x| > 0.5, else 0.</summary>
    HardShrink,

    /// <summary>x - tanh(x).</summary>
    TanhShrink,

    /// <summary>0 where x ≤ -1, (x + 1)² / 4 where -1 &lt; x &lt; 1, else x.</summary>
    SparsePlus,

    /// <summary>min(max((x + 1) / 2, 0), 1).</summary>
    SparseSigmoid,

    /// <summary>The projection of x onto the probability simplex, along the last axis.</summary>
    Sparsemax,

    /// <summary>tanh(x).</summary>
    Tanh,

    /// <summary>1 / (1 + exp(-x)).</summary>
    Sigmoid,

    /// <summary>min(max(x / 6 + 0.5, 0), 1).</summary>
    HardSigmoid,

    /// <summary>0.2 x + 0.5 clipped to [0, 1]: the hard sigmoid of Keras 1 and 2, with whose recurrent layers weights were trained there by default.</summary>
    LegacyHardSigmoid,

    /// <summary>x hard_sigmoid(x), also called hard swish.</summary>
    HardSiLU,

    /// <summary>min(max(x, -1), 1).</summary>
    HardTanh,

    /// <summary>exp(x).</summary>
    Exponential,

    /// <summary>log(sigmoid(x)).</summary>
    LogSigmoid,

    /// <summary>x - log(sum(exp(x))) over the last axis.</summary>
    LogSoftmax,

    /// <summary>x where x > 0, else 0 (Keras's threshold with threshold and default value 0).</summary>
    Threshold,
}
