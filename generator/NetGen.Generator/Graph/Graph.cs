namespace NetGen.Generator;

/// <summary>A value that leaves the network.</summary>
/// <param name="Name">The tap's name.</param>
/// <param name="Value">The output.</param>
/// <param name="Logits">What stood before a final softmax or sigmoid, from where a cross-entropy may start its gradient; or null.</param>
/// <param name="Final">That final activation: <c>Softmax</c>, <c>Sigmoid</c> or null.</param>
/// <param name="Mask">Which steps count, of shape (batch, time), or null.</param>
internal sealed record GraphOutput(string Name, Value Value, Value? Logits = null, string? Final = null, Value? Mask = null)
{
    /// <summary>The mask where it is that of the output's own steps, by which a loss leaves rows out; else null.</summary>
    public Value? StepMask => this.Mask is { Shape.Rank: 2 } mask && this.Value.Shape.Rank > 2 && mask.Shape == this.Value.Shape.Slice(0, 2) ? mask : null;
}

/// <summary>A state that is replaced: a parameter after a training step, what is taken over to the next call.</summary>
internal sealed record StateUpdate(Value State, Value NewValue);

/// <summary>
/// Values and nodes in an order in which every node stands behind its inputs. Shapes are inferred as nodes are added, so that a graph is always well formed.
/// Passes do not change a graph; they build the next one.
/// </summary>
internal sealed class Graph
{
    private readonly List<Value> values = [];
    private readonly List<Node> nodes = [];
    private readonly Dictionary<string, Value> parameters = [];
    private readonly Dictionary<string, Value> toggles = [];
    private readonly Dictionary<string, Value> lengths = [];

    public IReadOnlyList<Value> Values => this.values;

    public IReadOnlyList<Node> Nodes => this.nodes;

    public List<Value> Inputs { get; } = [];

    /// <summary>In the order of their making; offsets in the weights follow it.</summary>
    public IEnumerable<Value> Parameters => this.parameters.Values.OrderBy(v => v.Id);

    /// <summary>The scalars that say which parts train, in the order of their making.</summary>
    public IEnumerable<Value> Toggles => this.toggles.Values.OrderBy(v => v.Id);

    /// <summary>What is taken over from one call to the next.</summary>
    public List<Value> States { get; } = [];

    public List<GraphOutput> Outputs { get; } = [];

    public List<StateUpdate> Updates { get; } = [];

    /// <summary>The gradient of each trainable parameter, in a training graph.</summary>
    public List<StateUpdate> ParameterGradients { get; } = [];

    /// <summary>
    /// For an output with logits: the gradient of the logits that comes from the output's own. It is computed only where the loss gives the output's gradient;
    /// a cross-entropy gives the logits' at once. The state is the <see cref="ValueKind.Gradient"/> value of the logits.
    /// </summary>
    public List<StateUpdate> LogitGradients { get; } = [];

    /// <summary>What each sample adds to the loss beside the losses of the outputs, of shape (batch): the penalties on activities; null where there are none.</summary>
    public Value? Penalty { get; set; }

    /// <summary>What layers noted about their outputs: by what name ONNX knows them. Only an export reads it; graphs that passes make are without.</summary>
    public Dictionary<Value, KnownForm> Forms { get; } = [];

    /// <summary>The name of the layer for which nodes are being added.</summary>
    public string Scope { get; set; } = "";

    public Value Input(string name, TensorType type)
    {
        Value value = new(this.values.Count, ValueKind.Input, type, name) { Slot = this.Inputs.Count };
        this.Inputs.Add(value);
        return this.Register(value);
    }

    /// <summary>The gradient of an output, as the loss gives it.</summary>
    public Value Gradient(string name, TensorType type, int slot) => this.Register(new Value(this.values.Count, ValueKind.Gradient, type, name) { Slot = slot });

    /// <summary>The value of a parameter; asked for again under the same name (a layer applied twice), it is the same.</summary>
    public Value ParameterValue(Parameter parameter)
    {
        if (!this.parameters.TryGetValue(parameter.Name, out Value? value))
        {
            value = new Value(this.values.Count, ValueKind.Parameter, TensorType.Float(parameter.Shape), parameter.Name) { Parameter = parameter };
            this.parameters.Add(parameter.Name, this.Register(value));
        }

        return value;
    }

    /// <summary>1 where the part of that name trains, 0 where it is frozen; asked for again, it is the same value.</summary>
    public Value Toggle(string name)
    {
        if (!this.toggles.TryGetValue(name, out Value? value))
        {
            value = new Value(this.values.Count, ValueKind.Toggle, TensorType.Float(Shape.Scalar), name);
            this.toggles.Add(name, this.Register(value));
        }

        return value;
    }

    /// <summary>The lengths of the samples along a time, by its symbol; asked for again, it is the same value.</summary>
    public Value Lengths(string time)
    {
        if (!this.lengths.TryGetValue(time, out Value? value))
        {
            value = new Value(this.values.Count, ValueKind.Lengths, new TensorType(ElementType.Int32, Shape.Of(Dim.Batch)), time);
            this.lengths.Add(time, this.Register(value));
        }

        return value;
    }

    /// <summary>Whether shapes and ops name <see cref="Dim.Past"/>: the graph of a call of a stream that counts its calls.</summary>
    public bool CountsCalls { get; set; }

    /// <summary>What is taken over from one call to the next: a row a sample; or in a stream one that grows, with the calls before the present one as its first axis and the samples as its second.</summary>
    public Value State(string name, Shape shape)
    {
        Value value = new(this.values.Count, ValueKind.State, TensorType.Float(shape), name) { Slot = this.States.Count };
        this.States.Add(value);
        return this.Register(value);
    }

    public Value Constant(Shape shape, IEnumerable<double> data, ElementType element = ElementType.Float32) =>
        this.Register(new Value(this.values.Count, ValueKind.Constant, new TensorType(element, shape), "constant") { Data = data.ToEquatableArray() });

    public Value Constant(double scalar) => this.Constant(Shape.Scalar, [scalar]);

    /// <summary>Applies an op and gives its only output.</summary>
    public Value Add(Op op, params Value[] inputs) => this.AddNode(op, inputs).Output;

    /// <summary>Applies an op.</summary>
    /// <exception cref="ShapeException">The inputs break the op's rules.</exception>
    public Node AddNode(Op op, params Value[] inputs)
    {
        Node node = new(op, inputs.ToEquatableArray(), this.Scope);
        TensorType[] types = op.Infer([.. inputs.Select(v => v.Type)]);
        node.Outputs = types
            .Select(t => this.Register(new Value(this.values.Count, ValueKind.Computed, t, this.Scope) { Producer = node }))
            .ToEquatableArray();
        this.nodes.Add(node);
        return node;
    }

    /// <summary>Notes by what name ONNX knows some values.</summary>
    public void Note(KnownForm form)
    {
        foreach (Value output in form.Outputs)
        {
            this.Forms[output] = form;
        }
    }

    /// <summary>Everything that leaves the graph.</summary>
    public IEnumerable<Value> Roots() =>
    [
        .. this.Outputs.SelectMany(o => new[] { o.Value, o.Logits, o.Mask }).OfType<Value>(),
        .. this.Updates.Select(u => u.NewValue),
        .. this.LogitGradients.Select(u => u.NewValue),
        .. this.ParameterGradients.Select(u => u.NewValue),
        .. this.PenaltyRoots,
    ];

    /// <summary>Where programs write the penalty and read its gradient: behind the outputs, their logits and their masks.</summary>
    public int PenaltySlot => (2 * this.Outputs.Count) + this.Outputs.Count(o => o.StepMask is not null);

    /// <summary>The penalty, if there is one, as roots are listed.</summary>
    public IEnumerable<Value> PenaltyRoots => this.Penalty is null ? [] : [this.Penalty];

    /// <summary>How many nodes and roots read each value that is read at all.</summary>
    public Dictionary<Value, int> CountUses()
    {
        Dictionary<Value, int> uses = [];
        foreach (Value value in this.nodes.SelectMany(n => n.Inputs).Concat(this.Roots()))
        {
            uses[value] = uses.TryGetValue(value, out int count) ? count + 1 : 1;
        }

        return uses;
    }

    /// <summary>Whether there are nodes that no root needs.</summary>
    public bool HasDeadNodes()
    {
        HashSet<Value> live = [.. this.Roots()];
        foreach (Node node in this.nodes.AsEnumerable().Reverse())
        {
            if (!node.Outputs.Any(live.Contains))
            {
                return true;
            }

            live.UnionWith(node.Inputs);
        }

        return false;
    }

    private Value Register(Value value)
    {
        this.values.Add(value);
        return value;
    }

    /// <summary>The graph as text, one line a value; golden files are taken of it.</summary>
    public override string ToString()
    {
        List<string> lines = [];
        lines.AddRange(this.values.Where(v => v.Kind != ValueKind.Computed).Select(v =>
            $"{v} = {v.Kind.ToString().ToLowerInvariant()} {(v.Kind == ValueKind.Constant ? ConstantText(v) : v.Name)} : {v.Type}"));
        lines.AddRange(this.nodes.Select(n =>
            $"{string.Join(", ", n.Outputs)} = {n.Op}({string.Join(", ", n.Inputs)}) : {string.Join(", ", n.Outputs.Select(o => o.Type))}{(n.Scope.Length > 0 ? "  // " + n.Scope : "")}"));
        lines.AddRange(this.Outputs.Select(o =>
            $"output {o.Name} = {o.Value}{(o.Logits is null ? "" : $" = {o.Final}({o.Logits})")}{(o.Mask is null ? "" : $" masked by {o.Mask}")}"));
        lines.AddRange(this.Updates.Select(u => $"update {u.State.Name} = {u.NewValue}"));
        lines.AddRange(this.LogitGradients.Select(u => $"logits {u.State} = {u.NewValue}"));
        lines.AddRange(this.ParameterGradients.Select(u => $"gradient {u.State.Name} = {u.NewValue}"));
        lines.AddRange(this.PenaltyRoots.Select(p => $"penalty {p}"));
        return string.Join("\n", lines) + "\n";
    }

    private static string ConstantText(Value value) =>
        value.Data.Count <= 8 ? "[" + string.Join(", ", value.Data.Select(d => d.ToString("R", System.Globalization.CultureInfo.InvariantCulture))) + "]" : $"[{value.Data.Count} numbers]";
}
