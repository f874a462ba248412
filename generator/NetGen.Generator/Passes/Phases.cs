namespace NetGen.Generator;

/// <summary>When a node runs.</summary>
internal enum Phase
{
    /// <summary>Depends on parameters and constants only: once per version of the weights, in training once a step.</summary>
    Prepare,

    /// <summary>From the inputs to the outputs and the new states.</summary>
    Forward,

    /// <summary>From the gradients of the outputs to those of the parameters.</summary>
    Backward,
}

/// <summary>The phase of each node of a graph.</summary>
internal sealed class Phases
{
    private readonly Dictionary<Node, Phase> phases = [];

    public Phases(Graph graph)
    {
        HashSet<Value> prepared = [];
        HashSet<Value> afterLoss = [];
        foreach (Node node in graph.Nodes)
        {
            bool prepare = node.Inputs.All(i => i.Kind is ValueKind.Parameter or ValueKind.Constant || prepared.Contains(i)) && IsPure(node);
            bool backward = node.Inputs.Any(i => i.Kind == ValueKind.Gradient || afterLoss.Contains(i));
            this.phases[node] = prepare ? Phase.Prepare : backward ? Phase.Backward : Phase.Forward;
            (prepare ? prepared : backward ? afterLoss : []).UnionWith(node.Outputs);
        }

        // What only the backward half reads, and does not hang on the loss, runs in it too: nothing is kept for it.
        HashSet<Value> forward = [.. graph.Outputs.SelectMany(o => new[] { o.Value, o.Logits, o.Mask }).OfType<Value>(), .. graph.Updates.Select(u => u.NewValue), .. graph.PenaltyRoots];
        foreach (Node node in graph.Nodes.Reverse())
        {
            if (this.phases[node] == Phase.Forward)
            {
                if (node.Outputs.Any(forward.Contains))
                {
                    forward.UnionWith(node.Inputs);
                }
                else
                {
                    this.phases[node] = Phase.Backward;
                }
            }
        }
    }

    public Phase this[Node node] => this.phases[node];

    /// <summary>The phase in which a value comes to be.</summary>
    public Phase Of(Value value) => value.Producer is { } producer ? this[producer]
        : value.Kind switch { ValueKind.Parameter or ValueKind.Constant => Phase.Prepare, ValueKind.Gradient => Phase.Backward, _ => Phase.Forward };

    // A size is known only at the call; random numbers differ from step to step.
    private static bool IsPure(Node node) =>
        node.Outputs.All(o => o.Shape.IsConstant) && node.Op is not (SizeOf or Slice { Start.IsConstant: false } or SinePositions { Start.IsConstant: false }) && (node.Op is not Map map || !map.Body.Any(b => b.Subexpressions().Any(e => e is UniformExpr)));
}
