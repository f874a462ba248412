using NetGen.Generator;
using NetGen.Importing;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>One attempt to turn a graph into a tape, with a batch or without. Its results stand in the properties.</summary>
internal sealed class GraphConversion
{
    private readonly OnnxImportOptions options;
    private readonly Dictionary<string, TensorValue> values = new(StringComparer.Ordinal);
    private readonly HashSet<string> unknown = new(StringComparer.Ordinal);
    private readonly HashSet<NodeProto> taken = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, List<NodeProto>> readers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> producers = new(StringComparer.Ordinal);
    private readonly HashSet<string> outputs;
    private readonly List<LayerSpec> inputs = [];
    private readonly Dictionary<string, string> constantTaps = new(StringComparer.Ordinal);

    public GraphConversion(OnnxGraph graph, OnnxImportOptions options, bool hasBatch)
    {
        this.Graph = graph;
        this.options = options;
        this.outputs = [.. graph.Outputs.Select(o => o.Name)];
        IReadOnlyList<NodeProto> nodes = Needed(graph);
        foreach (NodeProto node in nodes)
        {
            foreach (string output in node.Output)
            {
                this.producers[output] = node;
            }

            foreach (string input in node.Input.Where(i => i.Length > 0).Distinct())
            {
                if (!this.readers.TryGetValue(input, out List<NodeProto>? list))
                {
                    this.readers[input] = list = [];
                }

                list.Add(node);
            }
        }

        this.Plans = InputPlan.Of(graph with { Nodes = nodes }, options, hasBatch, this.Problems);
        this.Plans = [.. this.Plans.Where(p => this.IsNeeded(p.Info.Name))];
        this.HasBatch = hasBatch;
        this.Writer = this.MakeInputs();
        if (this.Problems.Count == 0)
        {
            this.Convert(nodes);
            if (graph.Outputs.Any(o => this.Known(o.Name) is SizesValue))
            {
                throw new BatchException("An output is the number of samples.");
            }
        }
    }

    public OnnxGraph Graph { get; }

    public TapeWriter Writer { get; }

    /// <summary>What is wrong, a sentence each.</summary>
    public List<string> Problems { get; } = [];

    public IReadOnlyList<InputPlan> Plans { get; private set; } = [];

    /// <summary>Whether an axis of the model is the batch.</summary>
    public bool HasBatch { get; }

    /// <summary>The number of samples for which the model was written; null where it is open or there is no batch.</summary>
    public int? Samples { get; private set; }

    public IReadOnlyList<LayerSpec> Inputs => this.inputs;

    /// <summary>Values that are normalized tensors, by their names.</summary>
    public Dictionary<string, Normalized> Normalized { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether all inputs have the same number of samples, as far as the file says, so that this may be the batch.</summary>
    public bool FitsBatch
    {
        get
        {
            // A vector of a fixed size is rather one thing than a batch of numbers.
            int?[] sizes = [.. this.Plans.Select(p => p.BatchAxis < 0 ? -1 : p.Sizes[p.BatchAxis])];
            return sizes.Length > 0 && !sizes.Contains(-1) && sizes.Where(s => s is not null).Distinct().Count() <= 1 && !this.Plans.All(p => p.Sizes.Count == 1 && p.Sizes[0] is not null);
        }
    }

    public bool IsNeeded(string name) => this.outputs.Contains(name) || this.readers.ContainsKey(name);

    public NodeProto? OnlyReader(string name) => !this.outputs.Contains(name) && this.readers.TryGetValue(name, out List<NodeProto>? list) && list.Count == 1 ? list[0] : null;

    public NodeProto? Producer(string name) => this.producers.GetValueOrDefault(name);

    public TensorValue? Known(string name) => this.values.GetValueOrDefault(name);

    public TensorValue Value(string name) => this.values.TryGetValue(name, out TensorValue? value) ? value : throw new UnknownValueException();

    /// <summary>A value as a tap; constants are broadcast over the batch by being added to nothing.</summary>
    public TapValue OnTape(TapeWriter writer, TensorValue value) => value switch
    {
        TapValue tap => tap,
        ConstantValue => throw new ConversionException("it takes a constant where its input must depend on the network's."),
        _ => throw new ConversionException("it computes with sizes that are known only at run time."),
    };

    /// <summary>The tap of a constant that several nodes read is written once.</summary>
    public string ConstantTap(TapeWriter writer, ConstantValue constant)
    {
        string? key = constant.Name is null || writer != this.Writer ? null : $"{constant.Name}({string.Join(",", constant.Shape)})";
        if (key is not null && this.constantTaps.TryGetValue(key, out string? known))
        {
            return known;
        }

        string tap = writer.Constant(constant, null);
        if (key is not null)
        {
            this.constantTaps[key] = tap;
        }

        return tap;
    }

    /// <summary>The nodes that outputs depend on.</summary>
    private static IReadOnlyList<NodeProto> Needed(OnnxGraph graph)
    {
        HashSet<string> needed = [.. graph.Outputs.Select(o => o.Name)];
        List<NodeProto> nodes = [];
        foreach (NodeProto node in graph.Nodes.Reverse())
        {
            if (node.Output.Any(needed.Contains))
            {
                nodes.Add(node);
                needed.UnionWith(node.Input);
            }
        }

        nodes.Reverse();
        return nodes;
    }

    private TapeWriter MakeInputs()
    {
        foreach ((string name, OnnxTensor tensor) in this.Graph.Initializers)
        {
            this.values[name] = ConstantValue.Of(tensor);
        }

        Dictionary<string, DataType> types = this.Graph.Inputs.ToDictionary(i => i.Name, i => i.Type);
        foreach ((string name, ImportedConstant constant) in this.options.Constants)
        {
            if (!types.TryGetValue(name, out DataType type))
            {
                this.Problems.Add($"OnnxImportOptions.Constants names '{name}', which is no input of the model.");
                continue;
            }

            long count = constant.Shape.Aggregate(1L, (a, b) => a * b);
            if (count != constant.Values.Count || constant.Shape.Any(d => d < 0))
            {
                this.Problems.Add($"OnnxImportOptions.Constants gives '{name}' {constant.Values.Count} values for the shape ({string.Join(", ", constant.Shape)}).");
                continue;
            }

            this.values[name] = ConstantValue.Of(type, [.. constant.Shape], [.. constant.Values]);
        }

        List<(InputPlan Plan, string Name)> made = [];
        HashSet<string> used = [];
        string?[] times = [.. this.Plans.Select(Time)];
        bool hasTimes = times.Count(t => t is not null) > 1;
        for (int i = 0; i < this.Plans.Count; i++)
        {
            InputPlan plan = this.Plans[i];
            int[] order = [.. plan.Order.Where(a => a != plan.BatchAxis)];
            List<int> sizes = [];
            foreach (int axis in order)
            {
                string? symbol = plan.Info.Dims![axis].Symbol;
                int? size = plan.Sizes[axis];
                if (size == 0)
                {
                    this.Problems.Add($"The input '{plan.Info.Name}' has an axis of size 0; NetGen's sizes are at least 1.");
                }
                else if (size is null && axis != order[0])
                {
                    this.Problems.Add($"Axis {axis} of the input '{plan.Info.Name}' is open{(symbol is null ? "" : $" ('{symbol}')")}; only the batch and a time are. Fix it by OnnxImportOptions.Dimensions: [\"{symbol ?? plan.Info.Name + ":" + axis}\"] = 224, say.");
                }

                sizes.Add(size ?? -1);
            }

            if (plan.BatchAxis >= 0 && plan.Sizes[plan.BatchAxis] is { } samples)
            {
                this.Samples ??= samples;
                if (samples == 0)
                {
                    this.Problems.Add($"The input '{plan.Info.Name}' has a batch of size 0.");
                }
            }

            string name = NetworkSource.LayerName(string.Concat(plan.Info.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c == '_' ? c : '_'))).Trim('_');
            name = name.Length == 0 ? "input" : name;
            string unique = name;
            for (int k = 1; !used.Add(unique); k++)
            {
                unique = $"{name}_{k}";
            }

            List<ArgumentSpec> arguments = [new("Shape", TapeWriter.Integers(sizes)), new("Name", new TextValue(unique))];
            if (hasTimes && times[i] is { } time)
            {
                arguments.Add(new("Time", new TextValue(time)));
            }

            this.inputs.Add(new LayerSpec("Input", arguments.ToEquatableArray(), 0));
            made.Add((plan, unique));
        }

        if (this.Problems.Count > 0)
        {
            return new TapeWriter([]);
        }

        try
        {
            TapeWriter writer = new(this.inputs);
            foreach ((InputPlan plan, string name) in made)
            {
                int[] axes = new int[plan.Order.Count];
                for (int i = 0; i < plan.Order.Count; i++)
                {
                    axes[plan.Order[i]] = plan.BatchAxis >= 0 ? i : i + 1;
                }

                this.values[plan.Info.Name] = writer.Value(name, axes, plan.Info.Type);
            }

            return writer;
        }
        catch (ConversionException e)
        {
            this.Problems.Add(e.Message);
            return new TapeWriter([]);
        }

        static string? Time(InputPlan plan)
        {
            int[] order = [.. plan.Order.Where(a => a != plan.BatchAxis)];
            return order.Length == 0 || plan.Sizes[order[0]] is not null ? null : plan.Info.Dims![order[0]].Symbol ?? plan.Info.Name;
        }
    }

    private void Convert(IReadOnlyList<NodeProto> nodes)
    {
        foreach (IGrouping<(string Domain, string Op), NodeProto> group in nodes.Where(n => !IsKnown(n)).GroupBy(n => (n.Domain, n.OpType)))
        {
            string domain = group.Key.Domain is "" or "ai.onnx" ? "" : $" of the domain '{ModelFileException.Shorten(group.Key.Domain)}'";
            string[] names = [.. group.Select(n => $"'{ModelFileException.Shorten(n.Name.Length > 0 ? n.Name : n.Output.FirstOrDefault() ?? "")}'")];
            string version = domain.Length == 0 ? $" (opset {this.Graph.Opset})" : "";
            this.Problems.Add($"The operator {ModelFileException.Shorten(group.Key.Op)}{domain}{version} is not supported: node {string.Join(", ", names.Take(8))}{(names.Length > 8 ? $" and {names.Length - 8} more" : "")}.");
        }

        bool isComplete = this.Problems.Count == 0;
        foreach (NodeProto node in nodes)
        {
            if (this.taken.Contains(node))
            {
                continue;
            }

            if (!IsKnown(node) || node.Input.Any(this.unknown.Contains))
            {
                this.unknown.UnionWith(node.Output);
                continue;
            }

            NodeContext context = new(this, node);
            try
            {
                this.Run(OpTable.Find(node.OpType)!, context);
                foreach ((int output, TensorValue value) in context.Outputs)
                {
                    string name = output == 0 ? context.Last.Output[0] : node.Output[output];
                    this.values[name] = value;
                }

                this.taken.UnionWith(context.Taken);
                foreach (int missing in Enumerable.Range(0, node.Output.Count).Where(i => context.Needs(i) && !context.Outputs.ContainsKey(i)))
                {
                    throw new ConversionException($"its output '{node.Output[missing]}' is not supported.");
                }
            }
            catch (ConversionException e)
            {
                this.Report(node, e.Message);
            }
            catch (UnknownValueException)
            {
                this.unknown.UnionWith(node.Output);
            }
            catch (BatchException) when (!isComplete)
            {
                // What is not supported is to be told, whichever axis is the batch.
                this.unknown.UnionWith(node.Output);
            }
            catch (Exception e) when (e is OverflowException or ShapeException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or DivideByZeroException)
            {
                // What a hostile model brings about that no converter thought of: a problem of the node, not a crash.
                this.Report(node, $"its attributes and inputs do not fit: {Reason(node, e)}");
            }
        }
    }

    /// <summary>What the layers say of themselves, and of errors that speak of .NET alone what the node has.</summary>
    private static string Reason(NodeProto node, Exception e) =>
        e is ShapeException ? e.Message
        : $"it has {node.Input.Count} inputs ({string.Join(", ", node.Input.Take(8).Select(i => $"'{ModelFileException.Shorten(i)}'"))}) and {node.Attribute.Count} attributes ({string.Join(", ", node.Attribute.Take(8).Select(a => ModelFileException.Shorten(a.Name)))}).";

    private void Report(NodeProto node, string message)
    {
        this.Problems.Add($"In {OnnxGraph.Place(node)} (opset {this.Graph.Opset}) {char.ToLowerInvariant(message[0])}{message[1..]}");
        this.unknown.UnionWith(node.Output);
    }

    private void Run(OpRow row, NodeContext context)
    {
        if (this.Graph.Opset < row.Since || this.Graph.Opset > row.Until)
        {
            throw new ConversionException($"the operator is one of opset {row.Since}{(row.Until < int.MaxValue ? $" to {row.Until}" : " and newer")}.");
        }

        if (this.Graph.Opset < row.Oldest)
        {
            throw new ConversionException($"the operator is known from opset {row.Oldest} on.");
        }

        if (row.FoldsItself || context.Node.Input.All(i => i.Length == 0) || context.Values().Any(v => v is not ConstantValue))
        {
            row.Convert(context);
            return;
        }

        ConstantFolding.Evaluate(this, row, context);
    }

    /// <summary>Whether the table has the operator.</summary>
    private static bool IsKnown(NodeProto node) => node.Domain is "" or "ai.onnx" && OpTable.Find(node.OpType) is not null;
}
