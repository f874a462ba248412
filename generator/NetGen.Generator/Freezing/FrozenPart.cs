namespace NetGen.Generator;

/// <summary>
/// The part of a network that starts frozen and depends on nothing that trains, draws random numbers or waits for a sequence: from the inputs to its features, and from these on.
/// While it is frozen its features are functions of the inputs alone, so that inference makes them, and a training step begins behind them. Where layers without weights that draw random
/// numbers stand before it, it is a function of what the last of them gives.
/// </summary>
/// <param name="Entry">Training's way from the inputs to what the last random layer before the part gives, its only output; null where there is none.</param>
/// <param name="Features">Inference, from the inputs, or from the entry's output as its only input, to the features as its outputs.</param>
/// <param name="Rest">Training without gradients yet, with the features as further inputs behind the network's own.</param>
/// <param name="Toggles">The names that must all be frozen.</param>
internal sealed record FrozenPart(Graph? Entry, Graph Features, Graph Rest, IReadOnlyList<string> Toggles)
{
    /// <summary>A call of inference has spans for no more outputs.</summary>
    private const int MostFeatures = 4;

    /// <summary>Finds the part; null where there is none.</summary>
    /// <param name="inference">The tape without dropout and batch statistics.</param>
    /// <param name="training">The tape with them, before gradients are appended.</param>
    public static FrozenPart? Of(TapeResult inference, TapeResult training)
    {
        string[] toggles = [.. training.Toggles.Where(t => !training.StartsLive(t)).Select(t => t.Name)];
        if (toggles.Length == 0 || training.Graph.Inputs.Any(i => !i.Shape.Slice(1, i.Shape.Rank).IsConstant))
        {
            return null;
        }

        // Both tapes have the same taps in the same order.
        Value[] cut = Cut(training, toggles, null);
        Value? entry = cut.Length > 0 ? null : Augmented(training).FirstOrDefault(t => (cut = Cut(training, toggles, t)).Length > 0);
        Value[] features = [.. cut.Select(Inferred)];
        return cut.Length is 0 or > MostFeatures || features.Any(f => f.Kind != ValueKind.Computed) ? null
            : new FrozenPart(
                entry is null ? null : GraphRewriter.Rewrite(training.Graph, [entry]),
                entry is null ? GraphRewriter.Rewrite(inference.Graph, features) : GraphRewriter.Rewrite(inference.Graph, Inferred(entry), features),
                RestOf(training.Graph, cut, toggles),
                toggles);

        Value Inferred(Value value) => inference.Taps[IndexOf(training.Taps, value)];
    }

    /// <summary>What layers give that hang on random numbers and on no weights, in the order of their making.</summary>
    private static IEnumerable<Value> Augmented(TapeResult tape)
    {
        HashSet<Value> random = [], weighted = [.. tape.Graph.Parameters];
        foreach (Node node in tape.Graph.Nodes)
        {
            if (IsRandom(node) || node.Inputs.Any(random.Contains))
            {
                random.UnionWith(node.Outputs);
            }

            if (node.Inputs.Any(weighted.Contains))
            {
                weighted.UnionWith(node.Outputs);
            }
        }

        return tape.Taps.Where(t => random.Contains(t) && !weighted.Contains(t) && IsPerSample(t.Shape)).Distinct();
    }

    /// <summary>The outputs of frozen layers at which one comes first from what is live, in the order of their making.</summary>
    /// <param name="tape">In training.</param>
    /// <param name="toggles">What is frozen.</param>
    /// <param name="entry">The value that alone is given; null for the inputs.</param>
    private static Value[] Cut(TapeResult tape, string[] toggles, Value? entry)
    {
        Graph graph = tape.Graph;
        Dictionary<Value, bool> isFixed = [];
        HashSet<Value> weighted = [];
        HashSet<Value> moved = [.. graph.Updates.Select(u => u.State).Where(s => !IsUnder(s, toggles))];
        foreach (Value value in graph.Values.Where(v => v.Kind != ValueKind.Computed))
        {
            isFixed[value] = value.Kind switch
            {
                ValueKind.Parameter => IsUnder(value, toggles) || (!value.Parameter!.Trainable && !moved.Contains(value)),
                ValueKind.Toggle => toggles.Contains(value.Name),
                ValueKind.Input => entry is null,
                _ => value.Kind == ValueKind.Constant,
            };
            if (value.Kind == ValueKind.Parameter)
            {
                weighted.Add(value);
            }
        }

        foreach (Node node in graph.Nodes)
        {
            bool isNodeFixed = node.Inputs.All(i => isFixed[i]) && !IsRandom(node);
            foreach (Value output in node.Outputs)
            {
                isFixed[output] = isNodeFixed || output == entry;
            }

            if (node.Inputs.Any(weighted.Contains))
            {
                weighted.UnionWith(node.Outputs);
            }
        }

        HashSet<Value> taps = [.. tape.Taps.Where(t => t.Kind == ValueKind.Computed && isFixed[t] && weighted.Contains(t) && IsPerSample(t.Shape))];
        HashSet<Value> read = [.. RootsWithout(graph, toggles)], cut = [];
        foreach (Node node in graph.Nodes.Reverse())
        {
            cut.UnionWith(node.Outputs.Items.Where(o => read.Contains(o) && taps.Contains(o)));
            if (node.Outputs.Any(o => read.Contains(o) && !taps.Contains(o)))
            {
                read.UnionWith(node.Inputs);
            }
        }

        return [.. cut.OrderBy(v => v.Id)];
    }

    private static Graph RestOf(Graph training, Value[] cut, string[] toggles)
    {
        Graph graph = GraphRewriter.Rewrite(training, (rewriter, node, inputs) =>
        {
            if (!node.Outputs.Any(cut.Contains))
            {
                return null;
            }

            Value[] outputs = [.. rewriter.Target.AddNode(node.Op, inputs).Outputs];
            return [.. outputs.Select((o, i) => cut.Contains(node.Outputs[i]) ? rewriter.Target.Input(node.Scope, o.Type) : o)];
        });
        graph.Updates.RemoveAll(u => IsUnder(u.State, toggles));
        return GraphRewriter.Rewrite(graph, (_, _, _) => null);
    }

    /// <summary>What leaves the graph while the toggles are frozen: their states stay.</summary>
    private static IEnumerable<Value> RootsWithout(Graph graph, string[] toggles)
    {
        HashSet<Value> still = [.. graph.Updates.Where(u => IsUnder(u.State, toggles)).Select(u => u.NewValue)];
        return graph.Roots().Where(r => !still.Contains(r));
    }

    private static bool IsUnder(Value parameter, string[] toggles) => parameter.Parameter?.Toggle is { } toggle && toggles.Contains(toggle);

    private static bool IsPerSample(Shape shape) => shape.Rank > 1 && shape[0] == Dim.Batch && shape.Slice(1, shape.Rank).IsConstant;

    private static bool IsRandom(Node node) => node.Op switch
    {
        Map map => map.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr)),
        Scan scan => scan.Body.Graph.Nodes.Any(IsRandom),
        _ => false,
    };

    private static int IndexOf(EquatableArray<Value> taps, Value value) => Enumerable.Range(0, taps.Count).First(i => taps[i] == value);
}
