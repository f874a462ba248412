namespace NetGen.Generator;

/// <summary>What the arguments of a recurrent layer say, in Keras's words or in ONNX's.</summary>
/// <param name="IsReverse">Whether time runs from the end to the start.</param>
/// <param name="Merge">How the outputs of both directions become one; null where there is one direction.</param>
/// <param name="IsReversed">Whether the outputs of all steps come from the last time to the first.</param>
/// <param name="Mask">Which steps count, or null.</param>
/// <param name="IsZeroed">Whether steps that do not count give 0, rather than the last output.</param>
/// <param name="IsState">Whether the last output is the state, also where no step counts.</param>
/// <param name="Activate">Applies a function of the cell, by its place among them, in a direction.</param>
/// <param name="OnnxNames">What ONNX calls the functions of a direction; null in place of one that it has not.</param>
internal sealed record RecurrentOptions(
    bool IsReverse, string? Merge, bool IsReversed, Value? Mask, bool IsZeroed, bool IsState, Func<Graph, Value, int, int, Value> Activate, Func<int, IReadOnlyList<OnnxActivation?>> OnnxNames)
{
    /// <summary>Whether a GRU's reset gate acts behind the product with the recurrent kernel.</summary>
    public bool ResetsAfter { get; init; }

    /// <summary>How many steps of each sample count, where that alone makes the mask and what else comes is 0; or null.</summary>
    public Value? Lengths { get; init; }

    /// <summary>What the arguments of the functions are held within, or null.</summary>
    public double? Clip { get; init; }
}

/// <summary>A function that a cell applies, in ONNX's order f, g, h.</summary>
/// <param name="Argument">Keras's argument that names it.</param>
/// <param name="Default">What it is where none is given.</param>
internal sealed record CellFunction(string Argument, string Default)
{
    public static readonly CellFunction Gate = new("RecurrentActivation", "Sigmoid");
    public static readonly CellFunction State = new("Activation", "Tanh");
}

/// <summary>The vocabulary of a recurrent layer's arguments.</summary>
internal abstract class RecurrentStyle
{
    public static readonly RecurrentStyle Keras = new KerasStyle("Units");
    public static readonly RecurrentStyle KerasMaps = new KerasStyle("Filters", "KernelSize", "Strides", "Padding", "DataFormat", "DilationRate");
    public static readonly RecurrentStyle Onnx = new OnnxStyle();

    /// <summary>What stands before the layers' names.</summary>
    public abstract string Prefix { get; }

    public bool IsOnnx => this == Onnx;

    /// <summary>The arguments that all cells have.</summary>
    public abstract IReadOnlyList<string> Arguments { get; }

    protected static IReadOnlyList<string> WeightArguments { get; } =
    [
        "KernelInitializer", "RecurrentInitializer", "BiasInitializer",
        "KernelRegularizer", "RecurrentRegularizer", "BiasRegularizer",
        "KernelConstraint", "RecurrentConstraint", "BiasConstraint",
    ];

    public abstract RecurrentOptions Read(LayerContext context, IReadOnlyList<CellFunction> functions);

    private sealed class KerasStyle(params string[] sizes) : RecurrentStyle
    {
        private static readonly string[] Merges = ["Concat", "Sum", "Mul", "Ave", "None"];

        public override string Prefix => "";

        public override IReadOnlyList<string> Arguments =>
        [
            .. sizes, "UseBias", "Dropout", "RecurrentDropout", "Seed",
            "ReturnSequences", "ReturnState", "GoBackwards", "ZeroOutputForMask", "InitialState", "Stateful", "GradientCheckpoint", "Bidirectional", .. WeightArguments,
        ];

        public override RecurrentOptions Read(LayerContext context, IReadOnlyList<CellFunction> functions)
        {
            bool isBidirectional = context.Has("Bidirectional");
            string[] names = [.. functions.Select(f => context.Activation(f.Argument, f.Default))];
            return new RecurrentOptions(
                context.Boolean("GoBackwards", false),
                isBidirectional ? context.Enum("Bidirectional", "Merge", Merges, "Concat") : null,

                // Keras gives them in the order of their making.
                IsReversed: context.Boolean("GoBackwards", false),
                context.Masks[0],

                // Keras's Bidirectional gives 0 for masked steps of sequences, whatever the layer within it would.
                isBidirectional ? context.Boolean("ReturnSequences", false) : context.Boolean("ZeroOutputForMask", false),

                // From zeros on, the last output is the state.
                IsState: !context.Has("InitialState") && !context.IsStateful,
                (graph, x, _, function) => ActivationTable.Apply(names[function], graph, x),
                _ => [.. names.Select(OnnxActivation.Of)])
            {
                ResetsAfter = context.Boolean("ResetAfter", true),
            };
        }
    }

    private sealed class OnnxStyle : RecurrentStyle
    {
        private static readonly string[] Directions = ["Forward", "Reverse", "Bidirectional"];

        public override string Prefix => "Ops.";

        public override IReadOnlyList<string> Arguments =>
        [
            "Units", "UseBias", "Direction", "Activations", "ActivationAlpha", "ActivationBeta", "Clip", "InitialState", "Lengths", "ReturnSequences", "ReturnState", .. WeightArguments,
        ];

        public override RecurrentOptions Read(LayerContext context, IReadOnlyList<CellFunction> functions)
        {
            string direction = context.Enum("Direction", "RnnDirection", Directions, "Forward");
            bool isBidirectional = direction == "Bidirectional";
            (OnnxActivation Name, Func<Expr, Expr> Apply)[] all = OnnxActivations.Read(context, [.. functions.Select(f => f.Default)], isBidirectional ? 2 : 1);
            double clip = context.Number("Clip", double.PositiveInfinity, least: 0);
            Value? lengths = Lengths(context);
            return new RecurrentOptions(
                direction == "Reverse",
                isBidirectional ? "Concat" : null,
                IsReversed: false,
                Mask(context, lengths),
                context.Boolean("ReturnSequences", false),
                IsState: true,
                (graph, x, d, function) => graph.Add(new Map(all[(d * functions.Count) + function].Apply(double.IsInfinity(clip) ? Expr.In(0) : ActivationExpressions.Clip(Expr.In(0), -clip, clip))), x),
                d => [.. all.Skip(d * functions.Count).Take(functions.Count).Select(a => a.Name)])
            {
                ResetsAfter = context.Boolean("LinearBeforeReset", false),
                Lengths = context.Masks[0] is not { } own || SequenceMask.IsOfLengths(own) ? lengths : null,
                Clip = double.IsInfinity(clip) ? null : clip,
            };
        }

        /// <summary>How many steps of each sample count, or null.</summary>
        private static Value? Lengths(LayerContext context)
        {
            if (!context.Has("Lengths"))
            {
                return null;
            }

            Shape x = context.X.Shape;
            if (context.Taps("Lengths") is not [{ Value: { } lengths }] || lengths.Shape.Count != x[0])
            {
                throw context.Fail("NG0011", "Lengths", $"Lengths of {context.Place} names one output of shape {x.Slice(0, 1)}: how many steps of each sample count.");
            }

            return context.Graph.Add(new Reshape(Shape.Of(x[0])), lengths);
        }

        /// <summary>The steps before the lengths of the samples, of those that the input's mask counts.</summary>
        private static Value? Mask(LayerContext context, Value? lengths)
        {
            if (lengths is null)
            {
                return context.Masks[0];
            }

            Value mask = context.Graph.Add(new SequenceMask(context.X.Shape[1]), lengths);
            return context.Masks[0] is { } own ? context.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), mask, own) : mask;
        }
    }
}
