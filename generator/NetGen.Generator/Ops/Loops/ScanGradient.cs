namespace NetGen.Generator;

/// <summary>
/// The gradient of a <see cref="Scan"/>: a scan in the other direction that carries the gradients of the states. Its body is the gradient of the forward body; values of
/// the forward steps come as sequences where the forward scan has them as outputs (see <see cref="Keep"/>), and are computed again from those where it has not.
/// A constant's gradient that is a product, a filter's or a sum over the batch becomes one over batch and time behind the loop; others are summed in the loop.
/// </summary>
internal sealed class ScanGradient(GradientContext context, Scan scan)
{
    private readonly ScanBody forward = scan.Body;
    private readonly ScanBody backward = new();
    private readonly Dictionary<Value, Value> copies = [];
    private readonly List<Value> initial = [];
    private readonly List<Value> sequences = [];
    private readonly List<Value> constants = [];

    /// <summary>What the backward body's sequences are slices of.</summary>
    private readonly Dictionary<Value, Value> arrays = [];

    /// <summary>
    /// Gives a body the outputs that its gradient needs, so that no step is computed twice in training. Call it on a finished body of a training program;
    /// outputs that nothing takes are dropped with dead code.
    /// </summary>
    public static void Keep(ScanBody body)
    {
        (Graph graph, Dictionary<Value, Value> map) = Copy(body.Graph);
        HashSet<Value> original = [.. graph.Values];
        int forwardNodes = graph.Nodes.Count;
        Backward(body, graph, map, _ => true, _ => true);
        Dictionary<Value, Value> back = map.ToDictionary(p => p.Value, p => p.Key);
        HashSet<Value> given = [.. body.Outputs, .. body.Sequences, .. body.Constants];
        foreach (Node node in graph.Nodes.Skip(forwardNodes))
        {
            foreach (Value input in node.Inputs.Where(i => original.Contains(i) && back.ContainsKey(i) && i.Kind != ValueKind.Constant))
            {
                if (!IsGiven(back[input]) && given.Add(back[input]))
                {
                    body.Outputs.Add(back[input]);
                }
            }
        }

        // Another shape of what is given costs nothing.
        bool IsGiven(Value value) => given.Contains(value) || (value.Producer is { Op: Reshape, Inputs: [var inner] } && IsGiven(inner));
    }

    public Value?[] Build()
    {
        Graph g = context.Graph;
        (int states, int count) = (this.forward.States.Count, this.forward.Sequences.Count);
        (Graph graph, Dictionary<Value, Value> map) = Copy(this.forward.Graph);
        (Dictionary<Value, Value> gradients, Dictionary<Value, int> seeds) = Backward(
            this.forward, graph, map, i => context.OutputGradients[states + i] is not null, i => context.Needs(i));

        // Values of the forward step that the backward one may take: its sequences, constants and stacked outputs. Each is used from where it is.
        Dictionary<Value, Func<Value>> available = [];
        for (int i = 0; i < count; i++)
        {
            int at = i;
            available[map[this.forward.Sequences[i]]] = () => this.Sequence(map[this.forward.Sequences[at]], context.X[states + at]);
        }

        for (int i = 0; i < this.forward.Constants.Count; i++)
        {
            int at = i;
            available[map[this.forward.Constants[i]]] = () => this.Constant(map[this.forward.Constants[at]], context.X[states + count + at]);
        }

        for (int i = 0; i < this.forward.Outputs.Count; i++)
        {
            int at = i;
            Value output = map[this.forward.Outputs[i]];
            if (!available.ContainsKey(output))
            {
                available[output] = () => this.Sequence(output, context.Y[states + at]);
            }
        }

        List<Value> carried = [];
        for (int i = 0; i < states; i++)
        {
            Value state = this.backward.AddState("d" + this.forward.States[i].Name, this.forward.States[i].Shape);
            carried.Add(state);
            this.initial.Add(context.OutputGradients[i] ?? Zeros(g, context.X[i].Shape));
        }

        foreach (KeyValuePair<Value, int> seed in seeds)
        {
            available[seed.Key] = seed.Value < states ? () => carried[seed.Value] : () => this.Sequence(seed.Key, context.OutputGradients[seed.Value]!);
        }

        Value Take(Value value) => this.Import(value, available);

        // A state's gradient before the step; where none flows it is zero.
        foreach (Value state in this.forward.States)
        {
            this.backward.Next.Add(gradients.TryGetValue(map[state], out Value? d) ? Take(d) : Zeros(this.backward.Graph, state.Shape));
        }

        int?[] outputs = new int?[count];
        for (int i = 0; i < count; i++)
        {
            if (context.Needs(states + i) && gradients.TryGetValue(map[this.forward.Sequences[i]], out Value? d))
            {
                outputs[i] = this.Output(Take(d));
            }
        }

        Func<Node, Value?>[] sums = [.. this.forward.Constants.Select((c, i) =>
            context.Needs(states + count + i) && gradients.TryGetValue(map[c], out Value? d) ? this.Sum(d, Take) : _ => null)];
        if (this.backward.Sequences.Count == 0)
        {
            // Nothing of a step is needed, but the loop must know how often it runs.
            this.Sequence(map[this.forward.Sequences[0]], context.X[states]);
        }

        Node node = g.AddNode(new Scan(this.backward, !scan.IsReverse, scan.Windows), [.. this.initial, .. this.sequences, .. this.constants]);
        int first = this.backward.States.Count;
        return
        [
            .. Enumerable.Range(0, states).Select(i => context.Needs(i) ? node.Outputs[i] : null),
            .. outputs.Select(o => o is null ? null : node.Outputs[first + o.Value]),
            .. sums.Select(s => s(node)),
        ];
    }

    /// <summary>The sum over time of a constant's gradient: behind the loop where it is a product over the batch, in the loop otherwise.</summary>
    private Func<Node, Value?> Sum(Value gradient, Func<Value, Value> take)
    {
        Graph g = context.Graph;
        if (gradient.Producer is { Op: MatMul { TransposeA: true, TransposeB: false } } product && product.Inputs.All(i => i.Shape.Rank == 2 && i.Shape[0] == Dim.Batch))
        {
            (Func<Node, Value> a, Func<Node, Value> b) = (this.Stacked(take(product.Inputs[0])), this.Stacked(take(product.Inputs[1])));
            return node => g.Add(new MatMul(TransposeA: true), Rows(a(node)), Rows(b(node)));
        }

        if (gradient.Producer is { Op: ConvFilterGradient filter } convolution && convolution.Inputs.All(i => i.Shape[0] == Dim.Batch))
        {
            (Func<Node, Value> x, Func<Node, Value> dY) = (this.Stacked(take(convolution.Inputs[0])), this.Stacked(take(convolution.Inputs[1])));
            return node => g.Add(filter, Rows(x(node)), Rows(dY(node)));
        }

        if (gradient.Producer is { Op: ReduceSum { Axes: [0], KeepDims: false } sum, Inputs: [var terms] } && terms.Shape.Rank == 2 && terms.Shape[0] == Dim.Batch)
        {
            Func<Node, Value> all = this.Stacked(take(terms));
            return node => g.Add(sum, Rows(all(node)));
        }

        Value step = take(gradient);
        int state = this.backward.States.Count;
        Value total = this.backward.AddState("sum", gradient.Shape);
        this.initial.Add(Zeros(g, gradient.Shape));
        this.backward.Next.Add(this.backward.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), total, step));
        return node => node.Outputs[state];

        Value Rows(Value value) => g.Add(new Reshape(Shape.Of(value.Shape.CountOf(0, 2)) + value.Shape.Slice(2, value.Shape.Rank)), value);
    }

    /// <summary>A value of the body over all steps: the array that it is a slice of, or one that the loop makes.</summary>
    private Func<Node, Value> Stacked(Value value)
    {
        if (this.arrays.TryGetValue(value, out Value? array))
        {
            return _ => array;
        }

        int at = this.Output(value);
        return node => node.Outputs[this.backward.States.Count + at];
    }

    private int Output(Value value)
    {
        int at = this.backward.Outputs.IndexOf(value);
        if (at < 0)
        {
            at = this.backward.Outputs.Count;
            this.backward.Outputs.Add(value);
        }

        return at;
    }

    private Value Sequence(Value value, Value outside)
    {
        this.sequences.Add(outside);
        Value slice = this.backward.AddSequence(value.Name, value.Shape);
        this.arrays[slice] = outside;
        return slice;
    }

    private Value Constant(Value value, Value outside)
    {
        this.constants.Add(outside);
        return this.backward.AddConstant(value.Name, value.Shape);
    }

    /// <summary>A value of the differentiated body in the backward one: taken where it is available, computed otherwise.</summary>
    private Value Import(Value value, Dictionary<Value, Func<Value>> available)
    {
        if (this.copies.TryGetValue(value, out Value? copy))
        {
            return copy;
        }

        if (available.TryGetValue(value, out Func<Value>? take))
        {
            copy = take();
        }
        else if (value.Kind == ValueKind.Constant)
        {
            copy = this.backward.Graph.Constant(value.Shape, value.Data, value.Type.Element);
        }
        else if (value.Producer is { } producer)
        {
            Value[] inputs = [.. producer.Inputs.Select(i => this.Import(i, available))];
            Node node = this.backward.Graph.AddNode(producer.Op, inputs);
            for (int i = 0; i < node.Outputs.Count; i++)
            {
                this.copies[producer.Outputs[i]] = node.Outputs[i];
            }

            return this.copies[value];
        }
        else
        {
            // A state as it came in, which the forward scan has not kept: only the training program differentiates.
            throw new InvalidOperationException($"The loop's state {value.Name} was not kept for its gradient; ScanGradient.Keep does it.");
        }

        this.copies[value] = copy;
        return copy;
    }

    /// <summary>Appends the gradient to a copy of a body. Gives the gradients, and of each seed the index of the scan's output whose gradient it is.</summary>
    private static (Dictionary<Value, Value> Gradients, Dictionary<Value, int> Seeds) Backward(
        ScanBody body, Graph graph, Dictionary<Value, Value> map, Func<int, bool> isSeeded, Func<int, bool> isWanted)
    {
        List<(Value, Value)> seeds = [];
        Dictionary<Value, int> indices = [];
        for (int i = 0; i < body.Next.Count + body.Outputs.Count; i++)
        {
            Value result = i < body.Next.Count ? body.Next[i] : body.Outputs[i - body.Next.Count];
            if (i < body.Next.Count || isSeeded(i - body.Next.Count))
            {
                Value seed = graph.Gradient("d" + result.Name, result.Type, i);
                seeds.Add((map[result], seed));
                indices[seed] = i;
            }
        }

        // States are always wanted: the loop carries their gradients.
        List<Value> inputs = [.. body.States, .. body.Sequences, .. body.Constants];
        IEnumerable<Value> wanted = inputs.Where((_, i) => i < body.States.Count || isWanted(i)).Select(v => map[v]);
        return (Autodiff.Backward(graph, seeds, wanted), indices);
    }

    private static (Graph Graph, Dictionary<Value, Value> Map) Copy(Graph source)
    {
        Graph graph = new();
        Dictionary<Value, Value> map = [];
        foreach (Value value in source.Values)
        {
            if (value.Kind == ValueKind.Input)
            {
                map[value] = graph.Input(value.Name, value.Type);
            }
            else if (value.Kind == ValueKind.Constant)
            {
                map[value] = graph.Constant(value.Shape, value.Data, value.Type.Element);
            }
        }

        foreach (Node node in source.Nodes)
        {
            Node copy = graph.AddNode(node.Op, [.. node.Inputs.Select(i => map[i])]);
            for (int i = 0; i < copy.Outputs.Count; i++)
            {
                map[node.Outputs[i]] = copy.Outputs[i];
            }
        }

        return (graph, map);
    }

    private static Value Zeros(Graph graph, Shape shape) => graph.Add(new Map((Expr)0, shape));
}
