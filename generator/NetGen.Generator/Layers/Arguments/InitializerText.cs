namespace NetGen.Generator;

/// <summary>Keras's initializers as an argument's text.</summary>
internal static class InitializerText
{
    private static readonly ConstructorParameter Seed = new("seed", IsInteger: true);

    public static readonly ConstructorRow[] Rows =
    [
        new("Zeros"),
        new("Ones"),
        new("Constant", new ConstructorParameter("value")),
        new("Identity", new ConstructorParameter("gain")),
        new("Orthogonal", new ConstructorParameter("gain"), Seed),
        new("RandomNormal", new("mean"), new("stddev", Least: 0), Seed),
        new("TruncatedNormal", new("mean"), new("stddev", Least: 0), Seed),
        new("RandomUniform", new("minval"), new("maxval"), Seed),
        new(
            "VarianceScaling",
            new("scale", Least: double.Epsilon),
            new("mode", Words: ["fan_in", "fan_out", "fan_avg"]),
            new("distribution", Words: ["truncated_normal", "untruncated_normal", "uniform"]),
            Seed),
        new("GlorotNormal", Seed),
        new("GlorotUniform", Seed),
        new("HeNormal", Seed),
        new("HeUniform", Seed),
        new("LecunNormal", Seed),
        new("LecunUniform", Seed),
    ];

    /// <summary>The call as C# after <c>new</c>: <c>HeNormal()</c>.</summary>
    public static string Parse(string text, SymbolTable symbols) => ConstructorText.Parse(text, Rows, "initializer", symbols);
}
