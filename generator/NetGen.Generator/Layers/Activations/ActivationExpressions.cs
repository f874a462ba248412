namespace NetGen.Generator;

/// <summary>The element-wise activations that are more than one function; the formulas are Keras 3's.</summary>
internal static class ActivationExpressions
{
    /// <summary>Scale and alpha of Klambauer et al. 2017.</summary>
    private const double SeluScale = 1.0507009873554805;
    private const double SeluAlpha = 1.6732632423543772;

    public static Expr Clip(Expr x, double least, double most) => Expr.Call("Min", Expr.Call("Max", x, least), most);

    public static Expr LeakyReLU(Expr x, double slope) => Expr.Call("Where", Expr.Call("Greater", x, 0), x, slope * x);

    /// <summary>x above 0, alpha (exp(x) - 1) elsewhere; the exponent is held at 0 so that the branch not taken stays finite.</summary>
    public static Expr ELU(Expr x, double alpha) =>
        Expr.Call("Where", Expr.Call("Greater", x, 0), x, alpha * Expr.Call("Expm1", Expr.Call("Min", x, 0)));

    public static Expr CELU(Expr x, double alpha) =>
        Expr.Call("Where", Expr.Call("Greater", x, 0), x, alpha * Expr.Call("Expm1", Expr.Call("Min", x, 0) * (1 / alpha)));

    public static Expr SELU(Expr x) =>
        Expr.Call("Where", Expr.Call("Greater", x, 0), SeluScale * x, SeluScale * SeluAlpha * Expr.Call("Expm1", Expr.Call("Min", x, 0)));

    public static Expr GELU(Expr x, bool approximate) => approximate
        ? 0.5 * x * (1 + Expr.Call("Tanh", Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x))))
        : 0.5 * x * (1 + Expr.Call("Erf", x * Math.Sqrt(0.5)));

    public static Expr Squareplus(Expr x, double b) => 0.5 * (x + Expr.Call("Sqrt", (x * x) + b));

    public static Expr SoftShrink(Expr x, double threshold) => Expr.Call(
        "Where", Expr.Call("Greater", x, threshold), x - threshold, Expr.Call("Where", Expr.Call("Less", x, -threshold), x + threshold, 0));

    public static Expr HardShrink(Expr x, double threshold) => Expr.Call("Where", Expr.Call("Greater", Expr.Call("Abs", x), threshold), x, 0);

    public static Expr SparsePlus(Expr x) => Expr.Call(
        "Where", Expr.Call("LessOrEqual", x, -1), 0, Expr.Call("Where", Expr.Call("Less", x, 1), 0.25 * (x + 1) * (x + 1), x));

    public static Expr HardSigmoid(Expr x) => Clip((x * (1 / 6.0)) + 0.5, 0, 1);

    public static Expr Threshold(Expr x, double threshold, double value) => Expr.Call("Where", Expr.Call("Greater", x, threshold), x, value);

    /// <summary>Keras's relu: x above the threshold and at most the maximum; below, slope (x - threshold).</summary>
    public static Expr ReLU(Expr x, double? maximum, double slope, double threshold)
    {
        if (slope == 0 && threshold == 0)
        {
            return maximum is null ? Expr.Call("Relu", x) : Clip(x, 0, maximum.Value);
        }

        // At the threshold itself Keras gives 0, and so does the lower branch.
        Expr above = maximum is null ? x : Expr.Call("Min", threshold < 0 ? Expr.Call("Max", x, 0) : x, maximum.Value);
        return Expr.Call("Where", Expr.Call("Greater", x, threshold), above, slope * (x - threshold));
    }
}
