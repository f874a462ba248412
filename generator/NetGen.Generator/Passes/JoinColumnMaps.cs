namespace NetGen.Generator;

/// <summary>
/// Makes one map of those that take columns of the same matrices, or fill the columns of one: a recurrent cell is one pass over the gates' rows, whatever of it is kept for
/// the backward half. A map joins the others where nothing between them depends on one of them.
/// </summary>
internal static class JoinColumnMaps
{
    public static Graph Rewrite(Graph graph)
    {
        List<Group> groups = [.. Find(graph).Where(g => g.Members.Count > 1 && IsOfColumns(graph, g))];
        Dictionary<Node, Group> groupOf = groups.SelectMany(g => g.Members.Select(m => (m, g))).ToDictionary(p => p.m, p => p.g);
        if (groups.Count == 0 || Order(graph, groupOf) is not { } order)
        {
            return graph;
        }

        return GraphRewriter.Rewrite(graph, order, (rewriter, node, inputs) => groupOf.TryGetValue(node, out Group? group) && node == group.Members[group.Members.Count - 1] ? Join(graph, rewriter, group) : null);
    }

    /// <summary>The last member's outputs; the others are replaced.</summary>
    private static Value[] Join(Graph graph, GraphRewriter rewriter, Group group)
    {
        Dictionary<Value, Expr> expressions = [];
        List<Value> operands = [];
        foreach (Node member in group.Members)
        {
            Expr[] inputs = [.. member.Inputs.Select(Operand)];
            expressions[member.Output] = ((Map)member.Op).Body[0].Replace(i => inputs[i]);
        }

        HashSet<Node> members = [.. group.Members];
        HashSet<Value> outside = [.. graph.Roots(), .. graph.Nodes.Where(n => !members.Contains(n)).SelectMany(n => n.Inputs)];
        Value[] results = [.. group.Members.Select(m => m.Output).Where(outside.Contains)];
        EquatableArray<Expr> body = results.Select(r => expressions[r]).ToEquatableArray();
        Shape natural = new Map(body).Infer([.. operands.Select(o => o.Type)])[0].Shape;
        Node joined = rewriter.Target.AddNode(new Map(body, natural == group.Shape ? null : group.Shape), [.. operands]);
        for (int i = 0; i < results.Length; i++)
        {
            rewriter.Replace(results[i], joined.Outputs[i]);
        }

        return [rewriter[group.Members[group.Members.Count - 1].Output]];

        Expr Operand(Value value)
        {
            if (expressions.TryGetValue(value, out Expr? known))
            {
                return known;
            }

            Value target = rewriter[value];
            int at = operands.IndexOf(target);
            if (at < 0)
            {
                at = operands.Count;
                operands.Add(target);
            }

            return Expr.In(at);
        }
    }

    private static List<Group> Find(Graph graph)
    {
        HashSet<Node> maps = NearColumns(graph);
        List<Group> groups = [];
        if (maps.Count == 0)
        {
            return groups;
        }

        Phases phases = new(graph);
        foreach (Node node in graph.Nodes)
        {
            Group? own = null;
            if (maps.Contains(node) && phases[node] != Phase.Prepare)
            {
                own = groups.LastOrDefault(g => g.Shape == node.Output.Shape && g.Phase == phases[node] && !node.Inputs.Any(g.Behind.Contains) && node.Inputs.Any(i => g.Touches.Contains(SourceOf(i))));
                if (own is null)
                {
                    own = new Group(node.Output.Shape, phases[node]);
                    groups.Add(own);
                }

                own.Members.Add(node);
                own.Touches.UnionWith(node.Inputs.Where(i => i.Shape.Rank == 2).Select(SourceOf));
                own.Touches.Add(node.Output);
            }

            foreach (Group group in groups.Where(g => g != own && node.Inputs.Any(i => g.Behind.Contains(i) || (i.Producer is { } p && g.Members.Contains(p)))))
            {
                group.Behind.UnionWith(node.Outputs);
            }
        }

        return groups;
    }

    /// <summary>
    /// The maps from which a chain of matrices that maps share leads to columns. No other can be in a group of columns, and to follow what depends on each map of a deep network would take
    /// the square of its layers.
    /// </summary>
    private static HashSet<Node> NearColumns(Graph graph)
    {
        Node[] maps = [.. graph.Nodes.Where(IsEligible)];
        Dictionary<Value, Value> parents = [];
        foreach (Node map in maps)
        {
            foreach (Value input in map.Inputs.Where(i => i.Shape.Rank == 2))
            {
                (Value from, Value to) = (Root(SourceOf(input)), Root(map.Output));
                if (from != to)
                {
                    parents[from] = to;
                }
            }
        }

        HashSet<Value> concatenated = [.. graph.Nodes.Where(n => n.Op is Concat { Axis: 1 }).SelectMany(n => n.Inputs)];
        HashSet<Value> near = [.. maps.Where(m => concatenated.Contains(m.Output) || m.Inputs.Any(i => SourceOf(i) != i)).Select(m => Root(m.Output))];
        return [.. maps.Where(m => near.Contains(Root(m.Output)))];

        Value Root(Value value)
        {
            while (parents.TryGetValue(value, out Value? parent))
            {
                // Each step halves the way for those that come after.
                if (parents.TryGetValue(parent, out Value? next))
                {
                    parents[value] = next;
                }

                value = parent;
            }

            return value;
        }
    }

    private static bool IsEligible(Node node)
    {
        Shape shape = node.Output.Shape;
        return node.Op is Map { Body: [var body] } && shape.Rank == 2 && shape.Last.IsConstant && !body.Subexpressions().Any(e => e is UniformExpr) && node.Inputs.All(i => ColumnRule.Fits(i.Shape, shape));
    }

    /// <summary>The matrix of which a value is some columns, or the value.</summary>
    private static Value SourceOf(Value value) => value.Producer is { } producer && SplitColumns.IsColumns(producer) ? producer.Inputs[0] : value;

    private static bool IsOfColumns(Graph graph, Group group)
    {
        HashSet<Value> outputs = [.. group.Members.Select(m => m.Output)];
        return group.Members.Any(m => m.Inputs.Any(i => SourceOf(i) != i)) || graph.Nodes.Any(n => n.Op is Concat { Axis: 1 } && n.Inputs.All(outputs.Contains));
    }

    /// <summary>The nodes in an order in which the members of each group stand together; null where there is none.</summary>
    private static List<Node>? Order(Graph graph, Dictionary<Node, Group> groupOf)
    {
        List<Node> order = [];
        Dictionary<object, bool> isDone = [];
        return graph.Nodes.All(Visit) ? order : null;

        bool Visit(Node node)
        {
            object unit = groupOf.TryGetValue(node, out Group? group) ? group : node;
            if (isDone.TryGetValue(unit, out bool done))
            {
                return done;
            }

            isDone[unit] = false;
            Node[] members = group is null ? [node] : [.. group.Members];
            if (!members.SelectMany(m => m.Inputs).Select(i => i.Producer).OfType<Node>().Where(p => !members.Contains(p)).All(Visit))
            {
                return false;
            }

            order.AddRange(members);
            return isDone[unit] = true;
        }
    }

    /// <summary>Maps that may become one.</summary>
    private sealed class Group(Shape shape, Phase phase)
    {
        public Shape Shape { get; } = shape;

        public Phase Phase { get; } = phase;

        /// <summary>In an order in which each stands behind those that it reads.</summary>
        public List<Node> Members { get; } = [];

        /// <summary>What the members read and make.</summary>
        public HashSet<Value> Touches { get; } = [];

        /// <summary>What depends on a member and is made by another node.</summary>
        public HashSet<Value> Behind { get; } = [];
    }
}
