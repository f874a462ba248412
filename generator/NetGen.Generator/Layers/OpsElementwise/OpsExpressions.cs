namespace NetGen.Generator;

/// <summary>The element-wise ops of ONNX that are more than one function; truth is 1 and 0, and what is not 0 is true.</summary>
internal static class OpsExpressions
{
    /// <summary>The types to which Cast rounds, by the names of the runtime's enum <c>OnnxType</c>.</summary>
    public static readonly IReadOnlyList<string> Types =
        ["Float", "Double", "Float16", "BFloat16", "Int8", "Int16", "Int32", "Int64", "UInt8", "UInt16", "UInt32", "UInt64", "Bool"];

    public static Expr Not(Expr x) => Expr.Call("Equal", x, 0);

    public static Expr IsNaN(Expr x) => Expr.Call("NotEqual", x, x);

    public static Expr IsInf(Expr x, bool detectNegative, bool detectPositive) =>
        detectNegative && detectPositive ? Expr.Call("Equal", Expr.Call("Abs", x), double.PositiveInfinity)
        : detectNegative ? Expr.Call("Equal", x, double.NegativeInfinity)
        : detectPositive ? Expr.Call("Equal", x, double.PositiveInfinity)
        : Expr.Call("Less", x, double.NegativeInfinity);

    public static Expr Clip(LayerContext context, Expr x)
    {
        x = context.Has("Min") ? Expr.Call("Max", x, context.Number("Min")) : x;
        return context.Has("Max") ? Expr.Call("Min", x, context.Number("Max")) : x;
    }

    public static Expr HardSigmoid(Expr x, double alpha, double beta) => ActivationExpressions.Clip((alpha * x) + beta, 0, 1);

    public static Expr Selu(Expr x, double alpha, double gamma) =>
        Expr.Call("Where", Expr.Call("Greater", x, 0), gamma * x, gamma * alpha * Expr.Call("Expm1", Expr.Call("Min", x, 0)));

    public static Expr Shrink(Expr x, double lambd, double bias) => Expr.Call(
        "Where", Expr.Call("Less", x, -lambd), x + bias, Expr.Call("Where", Expr.Call("Greater", x, lambd), x - bias, 0));

    public static Expr PRelu(Expr x, Expr slope) => Expr.Call("Where", Expr.Call("Less", x, 0), slope * x, x);

    /// <summary>The remainder with the sign of the dividend, or of the divisor as in NumPy.</summary>
    public static Expr Mod(Expr a, Expr b, bool fmod)
    {
        Expr remainder = Expr.Call("Fmod", a, b);
        return fmod ? remainder : Expr.Call("Where", Expr.Call("Less", remainder * Expr.Call("Sign", b), 0), remainder + b, remainder);
    }

    /// <summary>What a number is after it was one of another type. What floats cannot tell apart from its neighbours (64 bits) only loses its fraction.</summary>
    public static Expr Cast(Expr x, string to) => to switch
    {
        "Float16" => Expr.Call("RoundToHalf", x),
        "BFloat16" => Expr.Call("RoundToBFloat16", x),
        "Bool" => Expr.Call("NotEqual", x, 0),
        "Int8" => Wrap(x, 8, isSigned: true),
        "Int16" => Wrap(x, 16, isSigned: true),
        "Int32" => Wrap(x, 32, isSigned: true),
        "UInt8" => Wrap(x, 8, isSigned: false),
        "UInt16" => Wrap(x, 16, isSigned: false),
        "UInt32" => Wrap(x, 32, isSigned: false),
        "Int64" or "UInt64" => Expr.Call("Truncate", x),
        _ => x,
    };

    /// <summary>Each step is exact: beyond the range the numbers are multiples of powers of two that the range divides by.</summary>
    private static Expr Wrap(Expr x, int bits, bool isSigned)
    {
        double range = Math.Pow(2, bits), least = isSigned ? -range / 2 : 0;
        Expr whole = Expr.Call("Truncate", x);
        Expr rest = whole - (range * Expr.Call("Floor", whole * (1 / range)));
        rest = isSigned ? Expr.Call("Where", Expr.Call("GreaterOrEqual", rest, range / 2), rest - range, rest) : rest;
        Expr isWithin = Expr.Call("And", Expr.Call("GreaterOrEqual", whole, least), Expr.Call("Less", whole, least + range));
        return Expr.Call("Where", isWithin, whole, rest);
    }
}
