namespace NetGen.Generator;

/// <summary>
/// One step of a <see cref="Scan"/> as a graph of its own: from the states, this step's slices of the sequences, and what is the same in every step,
/// to the next states and this step's outputs.
/// </summary>
internal sealed class ScanBody(Graph graph)
{
    public ScanBody()
        : this(new Graph())
    {
    }

    public Graph Graph { get; } = graph;

    public List<Value> States { get; } = [];

    public List<Value> Sequences { get; } = [];

    public List<Value> Constants { get; } = [];

    /// <summary>The states behind the step, as many as there are states.</summary>
    public List<Value> Next { get; } = [];

    /// <summary>What is stacked over time. A state as it came in may be one too.</summary>
    public List<Value> Outputs { get; } = [];

    public Value AddState(string name, Shape shape) => this.Add(this.States, name, shape);

    public Value AddSequence(string name, Shape slice) => this.Add(this.Sequences, name, slice);

    public Value AddConstant(string name, Shape shape) => this.Add(this.Constants, name, shape);

    /// <summary>Whether an input of the loop is a matrix that each step multiplies by, and nothing else reads.</summary>
    public bool IsFactor(int input)
    {
        int index = input - this.States.Count - this.Sequences.Count;
        if (index < 0 || this.Next.Contains(this.Constants[index]) || this.Outputs.Contains(this.Constants[index]))
        {
            return false;
        }

        Value matrix = this.Constants[index];
        Node[] readers = [.. this.Graph.Nodes.Where(n => n.Inputs.Contains(matrix))];
        return readers.Length > 0 && readers.All(n => n.Op is MatMul { TransposeB: false } && n.Inputs[0] != matrix);
    }

    /// <summary>The text form in one line.</summary>
    public override string ToString()
    {
        IEnumerable<string> inputs = this.States.Select(v => $"state {v}").Concat(this.Sequences.Select(v => $"sequence {v}")).Concat(this.Constants.Select(v => $"constant {v}"));
        IEnumerable<string> constants = this.Graph.Values.Where(v => v.Kind == ValueKind.Constant).Select(v => $"{v} = [{string.Join(" ", v.Data)}]");
        IEnumerable<string> nodes = this.Graph.Nodes.Select(n => $"{string.Join(", ", n.Outputs)} = {n.Op}({string.Join(", ", n.Inputs)})");
        return $"{{ {string.Join("; ", inputs.Concat(constants).Concat(nodes))}; next {string.Join(", ", this.Next)}; outputs {string.Join(", ", this.Outputs)} }}";
    }

    /// <summary>The body with its graph rewritten by passes.</summary>
    public ScanBody Rewrite(Func<Graph, Graph> passes)
    {
        // The roots stand as outputs for the passes, so that they keep them.
        Graph withRoots = GraphRewriter.Rewrite(this.Graph, [.. this.Next, .. this.Outputs]);
        Graph rewritten = passes(withRoots);
        ScanBody body = new(rewritten);
        Value Input(Value value) => rewritten.Inputs[value.Slot];
        body.States.AddRange(this.States.Select(Input));
        body.Sequences.AddRange(this.Sequences.Select(Input));
        body.Constants.AddRange(this.Constants.Select(Input));
        body.Next.AddRange(rewritten.Outputs.Take(this.Next.Count).Select(o => o.Value));
        body.Outputs.AddRange(rewritten.Outputs.Skip(this.Next.Count).Select(o => o.Value));
        return body;
    }

    /// <summary>One step as a part of a graph: the states behind it, and its outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="inputs">The states before the step, its slices of the sequences, and the constants.</param>
    public (Value[] Next, Value[] Outputs) Inline(Graph graph, IReadOnlyList<Value> inputs)
    {
        Dictionary<Value, Value> map = [];
        foreach ((Value inner, Value outer) in this.States.Concat(this.Sequences).Concat(this.Constants).Zip(inputs, (inner, outer) => (inner, outer)))
        {
            map[inner] = outer;
        }

        foreach (Value constant in this.Graph.Values.Where(v => v.Kind == ValueKind.Constant))
        {
            map[constant] = graph.Constant(constant.Shape, constant.Data, constant.Type.Element);
        }

        foreach (Node node in this.Graph.Nodes)
        {
            Node copy = graph.AddNode(node.Op, [.. node.Inputs.Select(i => map[i])]);
            for (int i = 0; i < copy.Outputs.Count; i++)
            {
                map[node.Outputs[i]] = copy.Outputs[i];
            }
        }

        return ([.. this.Next.Select(v => map[v])], [.. this.Outputs.Select(v => map[v])]);
    }

    private Value Add(List<Value> list, string name, Shape shape)
    {
        Value value = this.Graph.Input(name, TensorType.Float(shape));
        list.Add(value);
        return value;
    }
}
