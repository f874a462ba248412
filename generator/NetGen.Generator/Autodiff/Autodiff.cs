namespace NetGen.Generator;

/// <summary>Reverse accumulation: appends to a graph the nodes that compute gradients.</summary>
internal static class Autodiff
{
    /// <summary>
    /// Appends the gradient of the seeded values with respect to <paramref name="wanted"/>.
    /// </summary>
    /// <param name="graph">The graph, which grows.</param>
    /// <param name="seeds">Values with the gradients that flow into them from outside.</param>
    /// <param name="wanted">Parameters or inputs.</param>
    /// <returns>The gradient of each wanted value that a seed depends on.</returns>
    public static Dictionary<Value, Value> Backward(Graph graph, IReadOnlyList<(Value Value, Value Gradient)> seeds, IEnumerable<Value> wanted)
    {
        Node[] forward = [.. graph.Nodes];
        HashSet<Value> live = [.. wanted];
        foreach (Node node in forward)
        {
            if (node.Inputs.Any(live.Contains))
            {
                live.UnionWith(node.Outputs);
            }
        }

        Dictionary<Value, Value> gradients = [];
        foreach ((Value value, Value gradient) in seeds)
        {
            Accumulate(graph, gradients, value, gradient);
        }

        string scope = graph.Scope;
        foreach (Node node in Enumerable.Reverse(forward))
        {
            Value?[] dY = [.. node.Outputs.Select(o => gradients.TryGetValue(o, out Value? d) ? d : null)];
            bool[] needed = [.. node.Inputs.Select(live.Contains)];
            if (dY.All(d => d is null) || !needed.Any(n => n))
            {
                continue;
            }

            graph.Scope = node.Scope;
            Value?[] dX = node.Op.Differentiate(new GradientContext(graph, node, dY, needed));
            for (int i = 0; i < dX.Length; i++)
            {
                if (needed[i] && dX[i] is { } gradient)
                {
                    Accumulate(graph, gradients, node.Inputs[i], gradient);
                }
            }
        }

        graph.Scope = scope;
        return gradients;
    }

    private static void Accumulate(Graph graph, Dictionary<Value, Value> gradients, Value value, Value gradient)
    {
        if (gradient.Shape != value.Shape)
        {
            throw new InvalidOperationException($"The gradient of {value} {value.Shape} has the shape {gradient.Shape} (in {value.Producer?.Op} of {value.Producer?.Scope}).");
        }

        gradients[value] = gradients.TryGetValue(value, out Value? sum) ? graph.Add(new Map(Expr.In(0) + Expr.In(1)), sum, gradient) : gradient;
    }
}
