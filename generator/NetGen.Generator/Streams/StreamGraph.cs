namespace NetGen.Generator;

/// <summary>A network that runs step by step: what a call gives is what the whole network would give for all steps so far.</summary>
/// <param name="Steps">Steps of each streamed input that a call takes: 1, or what strides ask for.</param>
/// <param name="Setup">What does not depend on the steps, from the network's inputs to <see cref="Given"/> and the states' starts; null where there is nothing of it.</param>
/// <param name="Step">One call: its inputs are the streamed ones, then what <see cref="Setup"/> gave; its updates are the states.</param>
/// <param name="Inputs">The indices of the streamed inputs among the network's.</param>
/// <param name="Given">How many of the step's inputs come from <see cref="Setup"/>: the last ones.</param>
/// <param name="Starts">For each state the output of <see cref="Setup"/> that it starts as, or -1 for zeros.</param>
/// <param name="MostCalls">How many calls tables of positions have something for; <see cref="Unbounded"/> where there are none.</param>
internal sealed record StreamGraph(int Steps, Graph? Setup, Graph Step, EquatableArray<int> Inputs, int Given, EquatableArray<int> Starts, long MostCalls)
{
    /// <summary>No bound for the calls.</summary>
    public const long Unbounded = int.MaxValue;

    private const int MostSteps = 4096;

    /// <summary>Whether each call adds to a state, for which the caller says how much room there is.</summary>
    public bool Grows => this.Step.States.Any(s => s.IsGrowing);

    /// <summary>The graph of a network, or why there is none.</summary>
    /// <param name="source">Over whole sequences, before the passes.</param>
    /// <param name="isStreamed">Which inputs come step by step; each has a time.</param>
    public static (StreamGraph? Graph, string? Refusal) Of(Graph source, Func<Value, bool> isStreamed)
    {
        int steps = 1;
        while (steps <= MostSteps)
        {
            try
            {
                return (new StreamGraphBuilder(source, isStreamed, steps).Build(), null);
            }
            catch (StreamStepsException e)
            {
                steps *= e.Factor;
            }
            catch (StreamRefusal e)
            {
                return (null, e.Message);
            }
        }

        return (null, $"its strides ask for more than {MostSteps} steps at a time.");
    }
}

/// <summary>Turns the graph of whole sequences into that of some steps, node by node.</summary>
internal sealed class StreamGraphBuilder
{
    private readonly Graph source;
    private readonly HashSet<Symbol> times = [];
    private readonly List<int> inputs = [];

    /// <summary>Values that come with the steps.</summary>
    private readonly HashSet<Value> streamed = [];

    /// <summary>Values that depend on other inputs: known before the first step.</summary>
    private readonly HashSet<Value> before = [];

    private readonly Dictionary<Value, Value> map = [];

    /// <summary>Values over all steps so far along an axis.</summary>
    private readonly Dictionary<(Value, int), Value> soFar = [];

    private readonly List<Value> crossing = [];
    private readonly List<(Value State, Value? Start)> states = [];

    public StreamGraphBuilder(Graph source, Func<Value, bool> isStreamed, int steps)
    {
        this.source = source;
        this.Steps = steps;
        for (int i = 0; i < source.Inputs.Count; i++)
        {
            Value input = source.Inputs[i];
            if (isStreamed(input))
            {
                this.inputs.Add(i);
                this.streamed.Add(input);
                this.times.UnionWith(input.Shape.Dims.Skip(1).SelectMany(d => d.Symbols));
            }
            else
            {
                this.before.Add(input);
            }
        }

        foreach (Value lengths in source.Values.Where(v => v.Kind == ValueKind.Lengths))
        {
            (this.times.Any(t => t.Name == lengths.Name) ? this.streamed : this.before).Add(lengths);
        }
    }

    public Graph Target { get; } = new();

    public int Steps { get; }

    /// <summary>How many calls there is something for.</summary>
    public long MostCalls { get; set; } = StreamGraph.Unbounded;

    public bool IsStreamed(Value value) => this.streamed.Contains(value);

    public bool HasTime(Dim dim) => dim.Symbols.Any(s => this.times.Contains(s) || (s is DerivedSymbol derived && this.HasTime(derived.Of)));

    public Shape Now(Shape shape) => Shape.Of(shape.Dims.Select(this.Now));

    public Dim Now(Dim dim) => dim.Symbols.Aggregate((Dim)dim.Scale, (product, symbol) => product * (
        this.times.Contains(symbol) ? this.Steps
        : symbol is DerivedSymbol derived && this.HasTime(derived.Of) ? this.Now(derived.Of).Affine(derived.Offset, derived.Divisor)
        : Dim.Of(symbol)));

    public Dim Past(Dim dim)
    {
        this.Target.CountsCalls = true;
        return this.Now(dim) * Dim.Past;
    }

    public Shape SoFar(Shape shape, int axis) => this.Now(shape).With(axis, this.Past(shape[axis]).Affine(this.Now(shape[axis]).Constant, 1));

    /// <summary>
    /// A value over all steps so far along one axis. Of one with a single time, each call adds its steps to a state, in which time comes first: so what there is of it is one piece of
    /// memory. One with two times follows from its op.
    /// </summary>
    public Value SoFar(Value value, int axis)
    {
        if (this.soFar.TryGetValue((value, axis), out Value? known))
        {
            return known;
        }

        string scope = this.Target.Scope;
        this.Target.Scope = value.Producer?.Scope ?? value.Name;
        Shape shape = this.SoFar(value.Shape, axis);
        if (this.Times(value.Shape) > 1)
        {
            Value? grown = value.Producer is { } producer ? producer.Op.StreamSoFar(new StreamContext(this, producer), axis) : null;
            known = grown is not null && grown.Shape == shape ? grown
                : throw new StreamRefusal($"'{this.Target.Scope}' must see all steps together{(value.Producer is { } maker ? $" ({maker.Op.Name} over the time)" : "")}.");
        }
        else if (Map.NumberOf(this.Take(value)) is { } number)
        {
            known = this.Target.Add(new Map((Expr)number, shape));
        }
        else
        {
            known = this.Keep(this.Take(value), axis, shape);
        }

        this.Target.Scope = scope;
        return this.soFar[(value, axis)] = known;
    }

    /// <summary>What a call has along an axis, behind what the calls before had.</summary>
    private Value Keep(Value now, int axis, Shape soFar)
    {
        int[] first = [axis, .. Enumerable.Range(0, soFar.Rank).Where(i => i != axis)];
        int[] back = [.. Enumerable.Range(0, soFar.Rank).Select(i => Array.IndexOf(first, i))];
        Value next = this.Target.Add(new Transpose(first.ToEquatableArray()), now);
        if (next.Shape.Rank < 2 || !next.Shape[1].Symbols.Contains(Dim.Batch.Symbols[0]))
        {
            throw new StreamRefusal($"'{this.Target.Scope}' keeps something in which samples cannot be told apart.");
        }

        Value state = this.State("past", next.Shape.With(0, next.Shape[0] * Dim.Past), null);
        Value all = this.Target.Add(new Concat(0), state, next);
        this.Target.Updates.Add(new StateUpdate(state, all));
        return this.Target.Add(new Transpose(back.ToEquatableArray()), all);
    }

    /// <summary>How many times a shape has.</summary>
    private int Times(Shape shape) => shape.Dims.SelectMany(d => d.Symbols).Count(s => this.HasTime(Dim.Of(s)));

    public Value State(string name, Shape shape, Value? start)
    {
        if (start is not null && this.streamed.Contains(start))
        {
            throw new StreamRefusal($"'{this.Target.Scope}' starts where all steps of another layer end.");
        }

        Value state = this.Target.State(name, shape);
        this.states.Add((state, start is null || Map.NumberOf(start) == 0 ? null : start));
        return state;
    }

    public StreamGraph Build()
    {
        foreach (int i in this.inputs)
        {
            Value input = this.source.Inputs[i];
            this.map[input] = this.Target.Input(input.Name, input.Type with { Shape = this.Now(input.Shape) });
        }

        foreach (Value parameter in this.source.Parameters)
        {
            this.map[parameter] = this.Target.ParameterValue(parameter.Parameter!);
        }

        HashSet<Value> live = [.. this.source.Outputs.Select(o => o.Value)];
        foreach (Node node in this.source.Nodes.Reverse().Where(n => n.Outputs.Any(live.Contains)))
        {
            live.UnionWith(node.Inputs);
        }

        // What crosses into the steps may be turned around in the source.
        Node[] nodes = [.. this.source.Nodes.Where(n => n.Outputs.Any(live.Contains))];
        foreach (Node node in nodes)
        {
            if (node.Inputs.Any(this.streamed.Contains))
            {
                this.streamed.UnionWith(node.Outputs);

                // What compares steps with steps is made where it is known which are of the call and which all so far.
                if (node.Outputs.All(o => this.Times(o.Shape) < 2))
                {
                    this.Add(node);
                }
            }
            else if (node.Inputs.Any(this.before.Contains))
            {
                this.before.UnionWith(node.Outputs);
            }
        }

        foreach (GraphOutput output in this.source.Outputs)
        {
            if (!this.streamed.Contains(output.Value))
            {
                throw new StreamRefusal($"its output '{output.Name}' does not depend on the steps.");
            }

            this.Target.Outputs.Add(new GraphOutput(output.Name, this.Take(output.Value), Final: output.Final));
        }

        List<Value> starts = [.. this.states.Select(s => s.Start).OfType<Value>().Distinct()];
        List<Value> given = [.. this.crossing, .. starts];
        return new StreamGraph(
            this.Steps,
            given.Count == 0 ? null : GraphRewriter.Rewrite(this.source, given),
            this.Target,
            this.inputs.ToEquatableArray(),
            this.crossing.Count,
            this.states.Select(s => s.Start is null ? -1 : this.crossing.Count + starts.IndexOf(s.Start)).ToEquatableArray(),
            this.MostCalls);
    }

    private void Add(Node node)
    {
        this.Target.Scope = node.Scope;
        bool isSame = !node.Inputs.Any(this.streamed.Contains) && !node.Outputs.SelectMany(o => o.Shape.Dims).Any(this.HasTime);
        StreamContext context = new(this, node);
        Value[]? outputs = isSame ? context.Apply(node.Op) : node.Op.Stream(context);

        // What is cut out of a table by the number of steps knows no more where in the sequence the call stands.
        if (outputs is null || outputs.Where((o, i) => o.Shape != this.Now(node.Outputs[i].Shape)).Any())
        {
            throw new StreamRefusal(node.Op switch
            {
                Scan { IsReverse: true } or Reverse => $"'{node.Scope}' goes through the sequence from its end, as Bidirectional and GoBackwards do.",
                Conv => $"'{node.Scope}' looks at later steps; a Conv1D with Padding.Causal looks back only.",
                _ => $"'{node.Scope}' must see all steps together ({node.Op.Name} over the time).",
            });
        }

        for (int i = 0; i < outputs.Length; i++)
        {
            this.map[node.Outputs[i]] = outputs[i];
        }
    }

    /// <summary>A value over whole sequences as it is within a call.</summary>
    public Value Take(Value value)
    {
        if (this.map.TryGetValue(value, out Value? taken))
        {
            return taken;
        }

        if (this.Times(value.Shape) > 1)
        {
            throw new StreamRefusal($"'{value.Producer?.Scope ?? value.Name}' has something for each two steps.");
        }

        if (this.before.Contains(value))
        {
            taken = this.Cross(value);
        }
        else if (value.Kind == ValueKind.Constant)
        {
            taken = this.Target.Constant(value.Shape, value.Data, value.Type.Element);
        }
        else if (value.Producer is { } producer)
        {
            // What depends on weights alone.
            string scope = this.Target.Scope;
            this.Add(producer);
            this.Target.Scope = scope;
            return this.map[value];
        }
        else
        {
            // Lengths of the steps themselves: the ops that read them know.
            taken = this.Target.Lengths(value.Name);
        }

        return this.map[value] = taken;
    }

    /// <summary>A value from before the first step. The batch stands first, so that the rows of samples can be moved; a reshape that hides it is done within the call.</summary>
    private Value Cross(Value value)
    {
        if (value.Kind == ValueKind.Computed && value.Shape.Dims.Count(d => d == Dim.Batch) != 1)
        {
            Node producer = value.Producer!;
            if (producer.Op is not Reshape)
            {
                throw new StreamRefusal($"'{producer.Scope}' gives something before the first step in which samples cannot be told apart.");
            }

            this.map[value] = this.Target.Add(producer.Op, this.Take(producer.Inputs[0]));
            return this.map[value];
        }

        int axis = value.Shape.Dims.ToList().IndexOf(Dim.Batch);
        if (axis == 0)
        {
            this.crossing.Add(value);
            return this.Target.Input(value.Name, value.Type);
        }

        int[] first = [axis, .. Enumerable.Range(0, value.Shape.Rank).Where(i => i != axis)];
        int[] back = [.. Enumerable.Range(0, value.Shape.Rank).Select(i => Array.IndexOf(first, i))];
        Value moved = this.source.Add(new Transpose(first.ToEquatableArray()), value);
        this.before.Add(moved);
        this.crossing.Add(moved);
        return this.Target.Add(new Transpose(back.ToEquatableArray()), this.Target.Input(value.Name, moved.Type));
    }
}
