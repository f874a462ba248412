namespace NetGen.Generator;

/// <summary>
/// From a graph to ONNX nodes. Maps are channels last here and channels first there: a value is stored under an order of its axes, and what follows a convolution works in that
/// order, so that a transposition stands only where an order has to be given up. One row an op (<see cref="OnnxTable"/>); what layers noted as known forms comes before.
/// </summary>
internal sealed class OnnxLowering
{
    private readonly Dictionary<Value, OnnxValue> values = [];
    private readonly Dictionary<(Value Value, EquatableArray<int> Order), string> reordered = [];
    private readonly Dictionary<Dim, string> sizes;
    private readonly List<(Value Value, string Name)> inputs;

    private OnnxLowering(OnnxWriter writer, Dictionary<Dim, string> sizes, List<(Value Value, string Name)> inputs)
    {
        this.Writer = writer;
        this.sizes = sizes;
        this.inputs = inputs;
    }

    public OnnxWriter Writer { get; }

    /// <summary>The text of an inference graph, from which the runtime writes a file; null where an op of it has no ONNX form.</summary>
    public static string? Text(Graph graph)
    {
        OnnxLowering lowering = new(new OnnxWriter(), [], []);
        try
        {
            lowering.Run(graph);
        }
        catch (NotSupportedException)
        {
            return null;
        }

        return lowering.Writer.ToString();
    }

    private void Run(Graph graph)
    {
        foreach (Value input in graph.Inputs)
        {
            string name = this.Writer.Input(input.Name, "float", input.Shape);
            this.inputs.Add((input, name));
            this.values[input] = OnnxValue.Plain(name, input.Shape.Rank);
        }

        foreach (GraphOutput output in graph.Outputs)
        {
            this.Writer.Reserve(output.Name);
        }

        this.Lower(graph, graph.Outputs.Select(o => o.Value));
        foreach (GraphOutput output in graph.Outputs)
        {
            this.Writer.Output(output.Name, this.Plain(output.Value), "float", output.Value.Shape);
        }
    }

    /// <summary>Lowers what some values need.</summary>
    public void Lower(Graph graph, IEnumerable<Value> roots)
    {
        HashSet<Value> live = [.. roots];
        foreach (Node node in graph.Nodes.AsEnumerable().Reverse())
        {
            if (node.Outputs.Any(live.Contains))
            {
                IEnumerable<Value?> read = graph.Forms.TryGetValue(node.Outputs.First(live.Contains), out KnownForm? form) ? form.Reads : node.Inputs.Cast<Value?>();
                live.UnionWith(read.OfType<Value>());
            }
        }

        foreach (Node node in graph.Nodes.Where(n => n.Outputs.Any(live.Contains)))
        {
            this.Writer.Scope = node.Scope.Length > 0 ? node.Scope : this.Writer.Scope;
            if (node.Outputs.Any(o => this.values.ContainsKey(o)))
            {
                // A form gave it.
                continue;
            }

            if (graph.Forms.TryGetValue(node.Outputs.First(live.Contains), out KnownForm? form))
            {
                OnnxForms.Lower(this, form);
            }
            else
            {
                OnnxTable.Lower(this, node);
            }
        }
    }

    /// <summary>A lowering of a loop's body, whose inputs stand for values of its own graph.</summary>
    public OnnxLowering Body() => new(this.Writer.Body(), this.sizes, this.inputs);

    public void Set(Value value, string name) => this.values[value] = OnnxValue.Plain(name, value.Shape.Rank);

    public void Set(Value value, string name, EquatableArray<int> order) => this.values[value] = new OnnxValue(name, order);

    /// <summary>A value with its axes in the order of the graph.</summary>
    public string Plain(Value value) => this.In(value, OnnxValue.Identity(value.Shape.Rank));

    /// <summary>A value under an order of its axes: place k of the stored tensor is axis order[k] of the value.</summary>
    public string In(Value value, EquatableArray<int> order)
    {
        if (this.OrderOf(value) == order)
        {
            return this.Of(value).Name;
        }

        if (!this.reordered.TryGetValue((value, order), out string? name))
        {
            name = value.Kind == ValueKind.Parameter
                ? this.Writer.Weight(value.Name, "transpose " + string.Join(" ", order))
                : this.Writer.Node("Transpose", [this.Of(value).Name], OnnxWriter.Attribute("perm", order.Select(axis => (long)this.Of(value).PlaceOf(axis))));
            this.reordered[(value, order)] = name;
        }

        return name;
    }

    /// <summary>The order in which a value is stored. Weights and constants are written where they are first read, so that asking writes none.</summary>
    public EquatableArray<int> OrderOf(Value value) => this.values.TryGetValue(value, out OnnxValue? stored) ? stored.Order : OnnxValue.Identity(value.Shape.Rank);

    public OnnxValue Of(Value value)
    {
        if (!this.values.TryGetValue(value, out OnnxValue? stored))
        {
            string name = value.Kind switch
            {
                ValueKind.Parameter => this.Writer.Weight(value.Name, ""),
                ValueKind.Constant => this.Writer.Floats(value.Data, [.. value.Shape.Dims.Select(d => d.Constant)]),
                // The states that a stateful layer takes over from the batch before: a call by itself starts at 0.
                ValueKind.State => this.Filled(0, value.Shape),
                _ => throw new NotSupportedException($"{value.Kind} {value.Name} has no ONNX form."),
            };
            this.values[value] = stored = OnnxValue.Plain(name, value.Shape.Rank);
        }

        return stored;
    }

    /// <summary>A tensor of one number.</summary>
    public string Filled(double number, Shape shape) => shape.Rank == 0 ? this.Writer.Scalar(number)
        : this.Writer.Node("Expand", [this.Writer.Scalar(number), this.Sizes(shape)]);

    /// <summary>The sizes of a shape as a list of integers.</summary>
    public string Sizes(Shape shape)
    {
        if (shape.IsConstant)
        {
            return this.Writer.Vector(shape.Dims.Select(d => d.Constant));
        }

        return this.Writer.Node("Concat", shape.Dims.Select(this.Size), OnnxWriter.Attribute("axis", 0));
    }

    /// <summary>A size as a list of one integer.</summary>
    public string Size(Dim dim)
    {
        if (dim.IsConstant)
        {
            return this.Writer.Vector([dim.Constant]);
        }

        if (this.sizes.TryGetValue(dim, out string? known))
        {
            return known;
        }

        string? product = null;
        foreach (Symbol symbol in dim.Symbols)
        {
            string factor = this.Size(symbol);
            product = product is null ? factor : this.Writer.Node("Mul", [product, factor]);
        }

        string size = dim.Scale == 1 ? product! : this.Writer.Node("Mul", [product!, this.Writer.Vector([dim.Scale])]);
        if (this.IsOutermost)
        {
            this.sizes[dim] = size;
        }

        return size;
    }

    private bool IsOutermost => this.inputs.All(i => this.values.ContainsKey(i.Value));

    private string Size(Symbol symbol)
    {
        if (symbol is DerivedSymbol derived)
        {
            string sum = derived.Offset == 0 ? this.Size(derived.Of) : this.Writer.Node("Add", [this.Size(derived.Of), this.Writer.Vector([derived.Offset])]);
            return derived.Divisor == 1 ? sum : this.Writer.Node("Div", [sum, this.Writer.Vector([derived.Divisor])]);
        }

        foreach ((Value input, string name) in this.inputs)
        {
            for (int axis = 0; axis < input.Shape.Rank; axis++)
            {
                if (input.Shape[axis] == Dim.Of(symbol))
                {
                    return this.Writer.Node("Gather", [this.Writer.Node("Shape", [name]), this.Writer.Vector([axis])], OnnxWriter.Attribute("axis", 0));
                }
            }
        }

        throw new NotSupportedException($"The size {symbol.Name} is that of no input.");
    }
}

/// <summary>A value as it is stored: place k of the tensor is axis Order[k] of the graph's value.</summary>
internal sealed record OnnxValue(string Name, EquatableArray<int> Order)
{
    public static OnnxValue Plain(string name, int rank) => new(name, Identity(rank));

    public static EquatableArray<int> Identity(int rank) => Enumerable.Range(0, rank).ToEquatableArray();

    /// <summary>Channels first, of a map (batch, space..., channels).</summary>
    public static EquatableArray<int> ChannelsFirst(int rank) => new[] { 0, rank - 1 }.Concat(Enumerable.Range(1, rank - 2)).ToEquatableArray();

    /// <summary>Where an axis is stored.</summary>
    public int PlaceOf(int axis) => this.Order.Items.IndexOf(axis);
}
