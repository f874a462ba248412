using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>How an input of the model becomes one of the network.</summary>
/// <param name="Info">The input.</param>
/// <param name="Sizes">Its sizes; null for one that is open.</param>
/// <param name="BatchAxis">Its axis that is the batch, or -1.</param>
/// <param name="Order">The model's axes in the order of the network.</param>
internal sealed record InputPlan(OnnxValueInfo Info, IReadOnlyList<int?> Sizes, int BatchAxis, IReadOnlyList<int> Order)
{
    private const int MostSteps = 10_000;

    private static readonly string[] Maps =
    [
        "Conv", "ConvTranspose", "MaxPool", "AveragePool", "LpPool", "GlobalAveragePool", "GlobalMaxPool", "LRN", "InstanceNormalization", "GroupNormalization", "DepthToSpace", "SpaceToDepth", "Resize", "Upsample",
    ];

    /// <summary>Ops that leave the axes of their (first) input where they are.</summary>
    private static readonly HashSet<string> Neutral =
    [
        "Identity", "Cast", "Dropout", "BatchNormalization", "Pad", "Clip", "Relu", "LeakyRelu", "PRelu", "Sigmoid", "Tanh", "Abs", "Neg", "Sqrt", "Exp", "Log", "Add", "Sub", "Mul", "Div", "Slice",
    ];

    /// <summary>The plans of all inputs.</summary>
    /// <param name="graph">The model.</param>
    /// <param name="options">What the caller asks for.</param>
    /// <param name="hasBatch">Whether an axis of each is the batch.</param>
    /// <param name="problems">What is wrong.</param>
    public static IReadOnlyList<InputPlan> Of(OnnxGraph graph, OnnxImportOptions options, bool hasBatch, List<string> problems)
    {
        Dictionary<string, List<(NodeProto Node, int Input)>> readers = Readers(graph);
        List<InputPlan> plans = [];
        IEnumerable<string> sizes = graph.Inputs.SelectMany(i => (i.Dims ?? []).SelectMany((d, a) => new[] { $"{i.Name}:{a}", d.Symbol ?? "" }));
        problems.AddRange(options.Dimensions.Keys.Except(sizes).Order(StringComparer.Ordinal).Select(name => $"OnnxImportOptions.Dimensions names '{name}', which is no size of an input of the model."));
        foreach (OnnxValueInfo input in graph.Inputs.Where(i => !options.Constants.ContainsKey(i.Name)))
        {
            if (input.Dims is null)
            {
                problems.Add($"The input '{ModelFileException.Shorten(input.Name)}' has no shape.");
                continue;
            }

            int rank = input.Dims.Count;
            (int batch, int[]? order, _) = Follow(input.Name, rank, readers);
            batch = hasBatch && rank > 0 ? batch : -1;
            if (options.KeepLayout || order is null)
            {
                order = [.. Enumerable.Range(0, rank)];
            }

            order = [.. order.Where(a => a == batch), .. order.Where(a => a != batch)];
            plans.Add(new InputPlan(input, [.. input.Dims.Select((d, a) => Fixed(options, input, d, a))], batch, order));
        }

        return plans;
    }

    /// <summary>The axis of an input that is the time of a recurrent layer, or null.</summary>
    public static int? TimeAxis(OnnxGraph graph, OnnxValueInfo input) => Follow(input.Name, input.Dims?.Count ?? 0, Readers(graph)).Time;

    private static Dictionary<string, List<(NodeProto Node, int Input)>> Readers(OnnxGraph graph)
    {
        Dictionary<string, List<(NodeProto Node, int Input)>> readers = new(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Nodes)
        {
            for (int i = 0; i < node.Input.Count; i++)
            {
                if (!readers.TryGetValue(node.Input[i], out List<(NodeProto, int)>? list))
                {
                    readers[node.Input[i]] = list = [];
                }

                list.Add((node, i));
            }
        }

        return readers;
    }

    private static int? Fixed(OnnxImportOptions options, OnnxValueInfo input, OnnxDim dim, int axis) =>
        options.Dimensions.TryGetValue($"{input.Name}:{axis}", out int given) || (dim.Symbol is { } symbol && options.Dimensions.TryGetValue(symbol, out given)) ? given : dim.Value;

    /// <summary>Follows an input to the first op that says what its axes are: the batch, and for maps the order with the channels last.</summary>
    private static (int Batch, int[]? Order, int? Time) Follow(string name, int rank, Dictionary<string, List<(NodeProto Node, int Input)>> readers)
    {
        Queue<(string Name, int[] Axes)> queue = new([(name, [.. Enumerable.Range(0, rank)])]);
        for (int steps = 0; steps < MostSteps && queue.TryDequeue(out (string Name, int[] Axes) at); steps++)
        {
            foreach ((NodeProto node, int input) in readers.GetValueOrDefault(at.Name) ?? [])
            {
                int[] axes = at.Axes;
                if (node.OpType is "LSTM" or "GRU" or "RNN" && input is 0 or 5 or 6 && axes.Length == 3)
                {
                    bool isBatchFirst = (node.Attribute.FirstOrDefault(a => a.Name == "layout")?.I ?? 0) == 1;
                    if (axes[isBatchFirst ? 0 : 1] >= 0)
                    {
                        return (axes[isBatchFirst ? 0 : 1], null, input == 0 && axes[isBatchFirst ? 1 : 0] >= 0 ? axes[isBatchFirst ? 1 : 0] : null);
                    }
                }
                else if (input == 0 && axes.Length >= 3 && axes.All(a => a >= 0) && Maps.Contains(node.OpType))
                {
                    return (axes[0], [axes[0], .. axes[2..], axes[1]], null);
                }
                else if (Neutral.Contains(node.OpType) && node.Output.Count > 0)
                {
                    queue.Enqueue((node.Output[0], axes));
                }
                else if (node.OpType == "Transpose" && node.Output.Count > 0)
                {
                    long[] perm = [.. node.Attribute.FirstOrDefault(a => a.Name == "perm")?.Ints ?? []];
                    perm = perm.Length == 0 ? [.. Enumerable.Range(0, axes.Length).Reverse().Select(i => (long)i)] : perm;
                    if (perm.Length == axes.Length && perm.All(p => p >= 0 && p < axes.Length))
                    {
                        queue.Enqueue((node.Output[0], [.. perm.Select(p => axes[p])]));
                    }
                }
            }
        }

        return (0, null, null);
    }
}
