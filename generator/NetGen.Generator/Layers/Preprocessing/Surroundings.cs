namespace NetGen.Generator;

/// <summary>What layers have in common that move the places of images: how a place between elements is filled, and one outside.</summary>
/// <param name="IsLinear">Whether elements are mixed.</param>
/// <param name="Outside">What stands outside; zeros where a number does.</param>
/// <param name="Fill">The number.</param>
internal sealed record Surroundings(bool IsLinear, Extension Outside, double Fill)
{
    /// <summary>The arguments that say it.</summary>
    public static readonly string[] Arguments = ["FillMode", "Interpolation", "Seed", "FillValue", "DataFormat"];

    private static readonly string[] FillModes = ["Constant", "Nearest", "Reflect", "Wrap"];
    private static readonly string[] Interpolations = ["Bilinear", "Nearest"];

    /// <summary>Reads <see cref="Arguments"/>, with Keras's defaults.</summary>
    public static Surroundings Read(LayerContext context)
    {
        Extension outside = context.Enum("FillMode", "FillMode", FillModes, "Reflect") switch
        {
            "Nearest" => Extension.Nearest,
            "Reflect" => Extension.Reflect,
            "Wrap" => Extension.Wrap,
            _ => Extension.Zeros,
        };
        bool isLinear = context.Enum("Interpolation", "Interpolation", Interpolations, "Bilinear") == "Bilinear";
        double fill = context.Number("FillValue", 0);
        return new Surroundings(isLinear, outside, outside == Extension.Zeros ? fill : 0);
    }

    /// <summary>Moves the places. Ops fill with zeros: another number is taken off before and added behind.</summary>
    public Value Around(Graph graph, Value x, Func<Value, Value> move) =>
        this.Fill == 0 ? move(x) : graph.Add(new Map(Expr.In(0) + this.Fill), move(graph.Add(new Map(Expr.In(0) - this.Fill), x)));
}
