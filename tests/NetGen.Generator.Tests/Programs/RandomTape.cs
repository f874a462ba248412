namespace NetGen.Generator.Tests;

/// <summary>
/// Random networks out of all layers that there are: the samples' layers in new orders, behind inputs of any rank, with other numbers, with merges of what came before, and now and then with
/// one that does not fit.
/// </summary>
internal static class RandomTape
{
    private const int MostLayers = 7;

    /// <summary>Elements of a value of one sample, so that the interpreter has an answer soon.</summary>
    private const int MostElements = 10_000;

    /// <summary>Where a difference in rounding may become any difference, or numbers leave where a function is defined, no comparison says much.</summary>
    private static readonly HashSet<string> Rough =
    [
        "Threshold", "HardShrink", "Ops.Ceil", "Ops.Floor", "Ops.Round", "Ops.Sign", "Ops.Not", "Ops.Cast", "Ops.ArgMax", "Ops.ArgMin", "Ops.Hardmax", "Ops.Mod", "Ops.IsNaN", "Ops.IsInf", "Ops.ThresholdedRelu", "Ops.Shrink",
        "Ops.Log", "Ops.Sqrt", "Ops.Acos", "Ops.Asin", "Ops.Acosh", "Ops.Atanh", "Ops.Reciprocal", "Ops.Tan", "Ops.Pow", "Ops.Div", "Ops.ReduceLogSum", "Ops.ReduceL2", "Ops.ReduceProd", "Ops.LpNormalization", "Ops.MeanVarianceNormalization", "Masking", "TanhShrink",
    ];

    private static readonly string[] References = ["From", "Inputs", "InitialState", "AttentionMask", "Lengths", "Name"];

    private static readonly string[] Merges = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate"];

    /// <summary>The layers of the samples that take one input and nothing by name.</summary>
    private static readonly LayerSpec[] Pool =
    [
        .. LayerSamples.All.Concat(LayerSamples.Replacing).SelectMany(tape => TapeText.Parse(tape).Elements).OfType<LayerSpec>()
            .Where(l => LayerTable.Find(l.Kind) is { Inputs.Least: <= 1 } && !IsRough(l) && !l.Arguments.Any(a => a.Name != "Name" && References.Contains(a.Name)))
            .Select(l => l with { Arguments = l.Arguments.Where(a => a.Name != "Name").ToEquatableArray() })
            .Distinct(),
    ];

    /// <summary>A network, the same for the same seed.</summary>
    public static ModelSpec Draw(int seed)
    {
        Random random = new(seed);
        List<ElementSpec> elements = [Input(random)];
        List<string> names = ["x"];
        bool isWrong = false;
        for (int tries = 0, wanted = random.Next(1, MostLayers + 1); elements.Count <= wanted && tries < 40 && !isWrong; tries++)
        {
            LayerSpec layer = Layer(random, names, elements[0].Find("Type") is not null, $"l{elements.Count}");
            ModelSpec longer = Model([.. elements, layer]);
            isWrong = Compiler.Check(longer).Count > 0;

            // One in forty of those that do not fit is kept, and none that makes much of little.
            if (isWrong ? random.Next(40) > 0 : !IsSmall(longer))
            {
                isWrong = false;
                continue;
            }

            elements.Add(layer);
            names.Add($"l{elements.Count - 1}");
            if (layer.Kind.EndsWith("Normalization", StringComparison.Ordinal) || layer.Kind is "Exponential" or "Ops.Cosh" or "Ops.Sinh" or "Ops.ReduceSumSquare")
            {
                // Another normalization at once would compare rounding errors, and growth upon growth infinities.
                elements.Add(new LayerSpec("Tanh", EquatableArray.Of(new ArgumentSpec("Name", new TextValue($"l{elements.Count}"))), 0));
                names.Add($"l{elements.Count - 1}");
            }
        }

        return Model(elements);
    }

    /// <summary>The tape as a text for messages.</summary>
    public static string Text(ModelSpec model) => string.Join(", ", model.Elements.Select(e => $"{e.Kind}({string.Join(", ", e.Arguments.Select(a => $"{a.Name} = {a.Value}"))})"));

    private static bool IsRough(LayerSpec layer) => Rough.Contains(layer.Kind) || layer.Arguments.Any(a => a.Value.ToString().Contains("Threshold", StringComparison.Ordinal));

    private static bool IsSmall(ModelSpec model)
    {
        Graph graph = Tape.Build(model, training: false).Graph;
        NetData data = new(1, time: 5);
        return graph.Values.All(v => data.Count(v, graph) <= MostElements);
    }

    private static ModelSpec Model(IReadOnlyList<ElementSpec> elements) => new(
        new TypeSpec("", EquatableArray<string>.Empty, "Net", "public", false), EquatableArray<ArgumentSpec>.Empty, elements.Select((e, i) => e with { Attribute = i }).ToEquatableArray());

    private static LayerSpec Input(Random random)
    {
        int rank = random.Next(9) switch { < 3 => 1, < 5 => 2, < 8 => 3, _ => 4 };
        long[] shape = [.. Enumerable.Range(0, rank).Select(i => (long)(rank == 1 ? random.Next(1, 40) : random.Next(1, i == rank - 1 ? 18 : 9)))];
        bool isToken = rank == 1 && random.Next(4) == 0;
        if (isToken) shape[0] = random.Next(1, 6);
        if ((rank == 2 || isToken) && random.Next(2) == 0) shape[0] = -1;
        List<ArgumentSpec> arguments = [new("Shape", new ArrayValue(shape.Select(d => (ArgumentValue)new IntegerValue(d)).ToEquatableArray())), new("Name", new TextValue("x"))];
        if (isToken) arguments.Add(new("Type", new EnumValue("ElementType", "Int32")));
        return new LayerSpec("Input", arguments.ToEquatableArray(), 0);
    }

    private static LayerSpec Layer(Random random, List<string> names, bool hasTokens, string name)
    {
        ArgumentSpec named = new("Name", new TextValue(name));
        if (names.Count > 1 && random.Next(5) == 0)
        {
            string[] inputs = [names[^1], names[random.Next(names.Count)]];
            return new LayerSpec(Merges[random.Next(Merges.Length)], EquatableArray.Of(new ArgumentSpec("Inputs", new ArrayValue(inputs.Select(i => (ArgumentValue)new TextValue(i)).ToEquatableArray())), named), 0);
        }

        LayerSpec layer;
        do
        {
            layer = Pool[random.Next(Pool.Length)];
        }
        while (layer.Kind.EndsWith("Embedding", StringComparison.Ordinal) && layer.Kind != "PositionEmbedding" && (names.Count > 1 || !hasTokens)); // A fraction is no token.
        List<ArgumentSpec> arguments = [.. layer.Arguments.Select(a => random.Next(3) == 0 ? a with { Value = Changed(a.Value, random) } : a), named];
        if (random.Next(12) == 0 && !layer.Kind.EndsWith("Embedding", StringComparison.Ordinal)) arguments.Add(new("From", new TextValue(names[random.Next(names.Count)])));
        return layer with { Arguments = arguments.ToEquatableArray() };
    }

    private static ArgumentValue Changed(ArgumentValue value, Random random) => value switch
    {
        IntegerValue number => new IntegerValue(number.Value + random.Next(-1, 3)),
        ArrayValue array => new ArrayValue(array.Items.Select(i => Changed(i, random)).ToEquatableArray()),
        BooleanValue boolean => new BooleanValue(!boolean.Value),
        _ => value,
    };
}
