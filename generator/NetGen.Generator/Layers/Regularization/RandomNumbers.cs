namespace NetGen.Generator;

/// <summary>What layers that draw random numbers have in common.</summary>
internal static class RandomNumbers
{
    /// <summary>Uniform numbers in [0, 1), one for each element of the map in which they stand.</summary>
    public static UniformExpr Uniform(LayerContext context) => context.NextUniform();

    /// <summary>
    /// Standard normal numbers, one for each element of the map in which they stand: sqrt(-2 ln(1 - u)) cos(2 pi v) of two uniform numbers (Box and Muller 1958). The first is a
    /// multiple of 2^-24 below 1, so that none is beyond 5.77.
    /// </summary>
    public static Expr Normal(LayerContext context)
    {
        Expr u = Uniform(context), v = Uniform(context);
        return Expr.Call("Sqrt", Expr.Call("Log", 1 - u) * -2) * Expr.Call("Cos", v * (2 * Math.PI));
    }

    /// <summary>
    /// The argument Seed, or null where there is none. It is not negative, as in Keras, whose generators keep it as an unsigned integer; -1 is how other libraries say that there is none.
    /// </summary>
    public static long? Seed(LayerContext context) => context.Has("Seed") ? context.Integer("Seed", least: 0, most: int.MaxValue) : null;

    /// <summary>The argument Rate where the formula has no value for 1, and Keras an error.</summary>
    public static double RateBelowOne(LayerContext context)
    {
        double rate = context.Number("Rate", least: 0, most: 1);
        return rate < 1 ? rate : throw context.Fail("NG0012", "Rate", $"Rate of {context.Place} must be below 1: nothing would be left to scale.");
    }
}
