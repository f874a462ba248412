namespace NetGen.Generator;

/// <summary>Builds the next graph from one: live nodes in their order, each as a pass rewrites it. What no root reads is left behind.</summary>
internal sealed class GraphRewriter
{
    private readonly Graph source;
    private readonly Dictionary<Value, Value> values = [];
    private IReadOnlyList<Node> order;
    private Value? entry;

    private GraphRewriter(Graph source) => (this.source, this.order) = (source, source.Nodes);

    /// <summary>The graph under construction.</summary>
    public Graph Target { get; } = new();

    /// <summary>What stands for a value of the source in the target.</summary>
    public Value this[Value value] => this.values[value];

    /// <param name="source">The graph to start from.</param>
    /// <param name="rewrite">From a node and its inputs in the target to what stands for its outputs, or null to keep it as it is.</param>
    public static Graph Rewrite(Graph source, Func<GraphRewriter, Node, Value[], Value[]?> rewrite) => Rewrite(source, source.Nodes, rewrite);

    /// <param name="source">The graph to start from.</param>
    /// <param name="order">Its nodes in another order in which each stands behind its inputs.</param>
    /// <param name="rewrite">From a node and its inputs in the target to what stands for its outputs, or null to keep it as it is.</param>
    public static Graph Rewrite(Graph source, IReadOnlyList<Node> order, Func<GraphRewriter, Node, Value[], Value[]?> rewrite)
    {
        GraphRewriter rewriter = new(source) { order = order };
        rewriter.Run(rewrite);
        if (!rewriter.Target.HasDeadNodes())
        {
            return rewriter.Target;
        }

        // What a rewriting left behind must neither be lowered nor count as a use.
        GraphRewriter sweeper = new(rewriter.Target);
        sweeper.Run((_, _, _) => null);
        return sweeper.Target;
    }

    /// <summary>A copy of a graph that has these values as its only outputs.</summary>
    public static Graph Rewrite(Graph source, IReadOnlyList<Value> outputs) => Rewrite(source, null, outputs);

    /// <summary>A copy of what leads from one value, as the only input, to others, as the only outputs; no other input may lead there.</summary>
    public static Graph Rewrite(Graph source, Value? input, IReadOnlyList<Value> outputs)
    {
        GraphRewriter rewriter = new(source) { entry = input };
        rewriter.Build((_, _, _) => null, [.. outputs]);
        rewriter.Target.Outputs.AddRange(outputs.Select(o => new GraphOutput(o.ToString(), rewriter.values[o])));
        return rewriter.Target;
    }

    /// <summary>Says what stands for a value that was built already; what read it so far goes on doing so.</summary>
    public void Replace(Value value, Value target) => this.values[value] = target;

    private void Run(Func<GraphRewriter, Node, Value[], Value[]?> rewrite)
    {
        this.Build(rewrite, [.. this.source.Roots()]);
        this.Target.Outputs.AddRange(this.source.Outputs.Select(o => o with
        {
            Value = this.values[o.Value],
            Logits = o.Logits is null ? null : this.values[o.Logits],
            Mask = o.Mask is null ? null : this.values[o.Mask],
        }));
        this.Target.Updates.AddRange(this.source.Updates.Select(this.Map));
        this.Target.ParameterGradients.AddRange(this.source.ParameterGradients.Select(this.Map));
        this.Target.LogitGradients.AddRange(this.source.LogitGradients.Select(this.Map));
        this.Target.Penalty = this.source.Penalty is { } penalty ? this.values[penalty] : null;
    }

    private void Build(Func<GraphRewriter, Node, Value[], Value[]?> rewrite, HashSet<Value> live)
    {
        this.Target.CountsCalls = this.source.CountsCalls;
        foreach (Node node in this.source.Nodes.Reverse().Where(IsLive))
        {
            live.UnionWith(node.Inputs);
        }

        foreach (Value value in this.source.Values.Where(v => v.Kind != ValueKind.Computed))
        {
            // Inputs and parameters stay even where nothing reads them: they are part of the signature and of the weights.
            if ((value.Kind is ValueKind.Constant or ValueKind.Lengths && !live.Contains(value)) || (this.entry is not null && value.Kind == ValueKind.Input))
            {
                continue;
            }

            this.values[value] = value.Kind switch
            {
                ValueKind.Input => this.Target.Input(value.Name, value.Type),
                ValueKind.Parameter => this.Target.ParameterValue(value.Parameter!),
                ValueKind.Toggle => this.Target.Toggle(value.Name),
                ValueKind.Lengths => this.Target.Lengths(value.Name),
                ValueKind.State => this.Target.State(value.Name, value.Shape),
                ValueKind.Gradient => this.Target.Gradient(value.Name, value.Type, value.Slot),
                _ => this.Target.Constant(value.Shape, value.Data, value.Type.Element),
            };
        }

        if (this.entry is not null)
        {
            this.values[this.entry] = this.Target.Input(this.entry.ToString(), this.entry.Type);
        }

        foreach (Node node in this.order.Where(IsLive))
        {
            this.Target.Scope = node.Scope;
            Value[] inputs = [.. node.Inputs.Select(i => this.values[i])];
            Value[] outputs = rewrite(this, node, inputs) ?? [.. this.Target.AddNode(node.Op, inputs).Outputs];
            for (int i = 0; i < outputs.Length; i++)
            {
                this.values[node.Outputs[i]] = outputs[i];
            }
        }

        bool IsLive(Node node) => node.Outputs.Any(o => live.Contains(o) && o != this.entry);
    }

    private StateUpdate Map(StateUpdate update) => new(this.values[update.State], this.values[update.NewValue]);
}
