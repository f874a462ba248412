namespace NetGen.Generator;

/// <summary>One direction of a recurrent layer: its states, what every step sees, masks and dropout. The first state is the output of a step.</summary>
internal sealed class Recurrence
{
    /// <summary>The directions of a bidirectional layer, which its weights and taps are named after.</summary>
    public const string Forward = "forward", Backward = "backward";

    /// <summary>What the taps of final states have in their names.</summary>
    private const string StateName = "state_";

    private readonly LayerContext context;
    private readonly string direction;
    private readonly RecurrentOptions options;
    private readonly IReadOnlyList<string> names;
    private readonly ScanBody body = new();
    private readonly Value[] carried;
    private readonly List<Value> initial;
    private readonly List<Value> sequences = [];
    private readonly List<Value> constants = [];
    private readonly Dictionary<string, Value> weights = [];
    private readonly LoopWindow? window;

    /// <param name="context">The layer.</param>
    /// <param name="direction"><see cref="Forward"/> or <see cref="Backward"/> of a bidirectional layer; empty otherwise.</param>
    /// <param name="space">What its steps are made of.</param>
    /// <param name="options">What the layer's arguments say of this direction.</param>
    /// <param name="names">The states' names.</param>
    /// <param name="initial">The states before the first step; zeros where null.</param>
    public Recurrence(LayerContext context, string direction, CellSpace space, RecurrentOptions options, IReadOnlyList<string> names, IReadOnlyList<Value>? initial)
    {
        this.context = context;
        this.direction = direction;
        this.options = options;
        this.names = names;
        this.Space = space;
        Shape x = context.X.Shape;
        this.Input = DropOut(context, space.Input, "Dropout", space.Input.Shape.With(1, 1));
        Shape state = space.State;
        long size = context.HasGradients ? context.Integer("GradientCheckpoint", long.MaxValue) : long.MaxValue;
        this.window = size < long.MaxValue && !(x[1].IsConstant && x[1].Constant <= size) ? new LoopWindow(new Windows(x[1], size)) : null;
        this.States = [.. names.Select(n => this.body.AddState(n, state))];
        this.carried = context.IsStateful ? [.. names.Select(n => context.Carried(this.NameOf(n), state))] : [];
        this.initial = [.. initial ?? (context.IsStateful ? this.carried : [.. names.Select(_ => context.Graph.Add(new Map((Expr)0, state)))])];
    }

    public CellSpace Space { get; }

    /// <summary>The size of each state.</summary>
    public long Units => this.Space.Units.Constant;

    /// <inheritdoc cref="RecurrentOptions.ResetsAfter"/>
    public bool ResetsAfter => this.options.ResetsAfter;

    /// <summary>The input (batch, time, ..., features) with its dropout, outside of the loop.</summary>
    public Value Input { get; }

    /// <summary>The states before a step, within the loop.</summary>
    public IReadOnlyList<Value> States { get; }

    /// <summary>The graph of one step.</summary>
    public Graph Graph => this.body.Graph;

    /// <summary>The states that an argument names, or null where it was not given.</summary>
    public static IReadOnlyList<Value>? InitialStates(LayerContext context, int count, CellSpace space)
    {
        if (!context.Has("InitialState"))
        {
            return null;
        }

        IReadOnlyList<Tap> taps = context.Taps("InitialState");
        Value[] states = taps.Count > 1 ? [] : [.. taps[0].Extra.Where(e => e.Key.Contains(StateName)).Select(e => e.Value.Value)];
        Value[] values = states.Length > 0 ? states : [.. taps.Select(t => t.Value!)];

        // What is the same for all samples may be given without them.
        Shape shape = space.Outside;
        values = [.. values.Select(v => v.Shape.IsConstant && Shape.Broadcast(v.Shape, shape) == shape ? context.Graph.Add(new Map(Expr.In(0), shape), v) : v)];
        return values.Length == count && values.All(v => v.Shape == shape) ? [.. values.Select(space.Read)] : throw context.Fail(
            "NG0011",
            "InitialState",
            $"InitialState of {context.Place} must be {(count == 1 ? "an output" : $"{count} outputs")} of shape {shape}, or a layer with ReturnState = true that has {(count == 1 ? "it" : "them")}; found {string.Join(", ", values.Select(v => v.Shape))}.");
    }

    /// <summary>A weight of this direction; see <see cref="LayerContext.Parameter"/>.</summary>
    public Value Weight(string name, Shape shape, string initializer, string prefix, bool forceInitializer = false) =>
        this.weights[name] = this.context.Parameter(this.direction.Length == 0 ? name : this.direction + "/" + name, shape, initializer, prefix, forceInitializer: forceInitializer);

    /// <summary>The graph that the loop over steps stands in: the network's, or that of a window.</summary>
    private Graph Around => this.window?.Body.Graph ?? this.context.Graph;

    /// <summary>x W + b of all steps at once, or of those of a window, outside of the loop and time first, as what a step is given of it.</summary>
    public Value Project(Value kernel, Value? bias)
    {
        Graph g = this.Around;
        Value x = this.Cut("x", SwapTime(this.context.Graph, this.Input));
        (Dim time, Dim batch) = (x.Shape[0], x.Shape[1]);
        Value z = this.Space.Project(g, g.Add(new Reshape(Shape.Of(time * batch) + x.Shape.Slice(2, x.Shape.Rank)), x), this.Take("kernel", kernel));
        z = bias is null ? z : g.Add(new Map(Expr.In(0) + Expr.In(1)), z, this.Take("bias", bias));
        Shape step = Shape.Of(batch) + z.Shape.Slice(1, z.Shape.Rank);
        this.sequences.Add(g.Add(new Reshape(Shape.Of(time) + step), z));
        return this.body.AddSequence("z", step);
    }

    /// <summary>A value from outside that is the same in every step.</summary>
    public Value Constant(string name, Value outside)
    {
        this.constants.Add(this.Take(name, outside));
        return this.body.AddConstant(name, outside.Shape);
    }

    /// <summary>The output of the step before, with a dropout that is the same in every step.</summary>
    public Value Previous()
    {
        Value? mask = Noise(this.context, "RecurrentDropout", this.States[0].Shape);
        return mask is null ? this.States[0] : this.Map(Expr.In(0) * Expr.In(1), this.States[0], this.Constant("kept", mask));
    }

    /// <summary>Columns of a step's matrix of gates.</summary>
    public Value Gate(Value gates, int index) => this.Graph.Add(new Slice(gates.Shape.Rank - 1, index * this.Units, this.Units), gates);

    public Value Map(Expr body, params Value[] inputs) => this.Graph.Add(new Map(body), inputs);

    public Value Product(Value left, Value right) => this.Space.Product(this.Graph, left, right);

    /// <summary>A function of the cell, by its place among them.</summary>
    public Value Activate(Value value, int function) => this.options.Activate(this.Graph, value, this.direction == Backward ? 1 : 0, function);

    /// <summary>Closes the loop and gives the layer's output.</summary>
    /// <param name="next">The states behind a step whose mask is 1.</param>
    public Value Finish(IReadOnlyList<Value> next)
    {
        bool isSequence = this.context.Boolean("ReturnSequences", false);
        bool isZeroed = this.options.IsZeroed;
        Value output = next[0];
        Value? mask = this.options.Mask;
        if (mask is not null)
        {
            this.sequences.Add(this.Cut("mask", SwapTime(this.context.Graph, mask)));
            Value step = this.body.AddSequence("mask", mask.Shape.Slice(0, 1));
            Value counts = this.Graph.Add(new Reshape(Shape.Of(output.Shape.Dims.Select((d, i) => i == 0 ? d : 1))), step);
            Expr select = Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2));
            next = [.. next.Select((n, i) => this.Map(select, counts, n, this.States[i]))];
            if (isZeroed)
            {
                output = this.Map(Expr.Call("Where", Expr.In(0), Expr.In(1), 0), counts, output);
            }
            else if (this.options.IsState)
            {
                output = next[0];
            }
            else
            {
                // Before the first step that counts, the output is 0 and not the state.
                Value last = this.body.AddState("output", output.Shape);
                this.initial.Add(this.context.Graph.Add(new Map((Expr)0, output.Shape)));
                output = this.Map(select, counts, output, last);
                next = [.. next, output];
            }
        }

        this.body.Next.AddRange(next);
        this.body.Outputs.Add(output);
        if (this.context.HasGradients)
        {
            ScanGradient.Keep(this.body);
        }

        Graph g = this.context.Graph;
        Node node = this.AddLoop(keepsSequence: isSequence || (isZeroed && mask is not null));
        this.Note(node, mask, next.Count);
        if (this.context.Boolean("ReturnState", false))
        {
            for (int i = 0; i < this.names.Count; i++)
            {
                this.context.Tap(this.NameOf(this.names[i]), this.Space.Write(node.Outputs[i]));
            }
        }

        for (int i = 0; i < this.carried.Length; i++)
        {
            this.context.Carry(this.carried[i], node.Outputs[i]);
        }

        if (isSequence)
        {
            Value sequence = node.Outputs[next.Count];
            return this.Space.WriteSteps(SwapTime(g, this.options.IsReversed ? g.Add(new Reverse(0), sequence) : sequence));
        }

        return this.Space.Write(isZeroed && mask is not null ? this.LastStep(node.Outputs[next.Count]) : node.Outputs[next.Count > this.names.Count ? next.Count - 1 : 0]);
    }

    /// <summary>Notes the loop as the operator that ONNX has for it, where a mask of its own does not make it another.</summary>
    private void Note(Node loop, Value? mask, int states)
    {
        IReadOnlyList<OnnxActivation?> activations = this.options.OnnxNames(this.direction == Backward ? 1 : 0);

        // ONNX Runtime does not hold the state within the limits before the output's activation, as ONNX's formulas do.
        bool isClippedLstm = this.options.Clip is not null && this.names.Count > 1;
        if (!this.Space.IsOnnx || this.context.Training || isClippedLstm || (mask is not null && this.options.Lengths is null && !SequenceMask.IsOfLengths(mask)) || activations.Contains(null))
        {
            return;
        }

        this.context.Graph.Note(new RecurrentForm(
            this.context.Kind,
            this.Input,
            this.weights["kernel"],
            this.weights["recurrent_kernel"],
            this.weights.TryGetValue("bias", out Value? bias) ? bias : null,
            this.initial.Take(this.names.Count).Select(i => NetGen.Generator.Map.NumberOf(i) == 0 ? null : i).ToEquatableArray(),
            activations.OfType<OnnxActivation>().ToEquatableArray(),
            this.options.IsReverse,
            loop.Outputs[states],
            loop.Outputs.Take(this.names.Count).ToEquatableArray(),
            states > this.names.Count ? loop.Outputs[states - 1] : null)
        {
            ResetsAfter = this.ResetsAfter,
            Lengths = this.options.Lengths,
            Peepholes = this.weights.TryGetValue("peephole", out Value? peepholes) ? peepholes : null,
            Clip = this.options.Clip,
            CouplesGates = this.context.Boolean("InputForget", false),
        });
    }

    /// <summary>The loop over the steps, or over windows of them. Its outputs are the final states, and behind them the outputs of all steps.</summary>
    /// <param name="keepsSequence">Whether the outputs of all steps are asked for; a loop over windows does not keep them otherwise.</param>
    private Node AddLoop(bool keepsSequence)
    {
        Scan steps = new(this.body, this.options.IsReverse);
        if (this.window is not { } window)
        {
            return this.context.Graph.AddNode(steps, [.. this.initial, .. this.sequences, .. this.constants]);
        }

        ScanBody whole = window.Body;
        Value[] states = [.. this.body.States.Select(s => whole.AddState(s.Name, s.Shape))];
        Node inner = whole.Graph.AddNode(steps, [.. states, .. this.sequences, .. this.constants]);
        whole.Next.AddRange(inner.Outputs.Take(states.Length));
        if (keepsSequence)
        {
            whole.Outputs.Add(inner.Outputs[states.Length]);
        }

        // All else of a window is computed again in the backward half.
        whole.Outputs.AddRange(states);
        return this.context.Graph.AddNode(new Scan(whole, this.options.IsReverse, window.Windows), [.. this.initial, .. window.Sequences, .. window.Constants]);
    }

    /// <summary>A sequence, time first, where the loop over steps stands.</summary>
    private Value Cut(string name, Value sequence) => this.window is null ? sequence : this.window.Cut(name, sequence);

    /// <summary>What is the same in every step, where the loop over steps stands.</summary>
    private Value Take(string name, Value outside) => this.window is null ? outside : this.window.Take(name, outside);

    /// <summary>A state's name outside of the loop: <c>state_h</c>, <c>forward_state_h</c>.</summary>
    private string NameOf(string state) => (this.direction.Length == 0 ? "" : this.direction + "_") + StateName + state;

    private Value LastStep(Value sequence)
    {
        Graph g = this.context.Graph;
        Shape shape = sequence.Shape;
        Value ordered = this.options.IsReverse ? sequence : g.Add(new Reverse(0), sequence);
        return g.Add(new Reshape(shape.Slice(1, shape.Rank)), g.Add(new Slice(0, 0, 1), ordered));
    }

    /// <summary>(batch, time, ...) as (time, batch, ...), in which loops run, and back. Between recurrent layers one undoes the other.</summary>
    private static Value SwapTime(Graph g, Value value) => g.Add(new Transpose(Enumerable.Range(0, value.Shape.Rank).Select(i => i < 2 ? 1 - i : i).ToEquatableArray()), value);

    /// <summary>Dropout whose mask is the same in every step, as Keras has it.</summary>
    private static Value DropOut(LayerContext context, Value value, string argument, Shape noise)
    {
        Value? mask = Noise(context, argument, noise);
        return mask is null ? value : context.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), value, mask);
    }

    private static Value? Noise(LayerContext context, string argument, Shape shape)
    {
        double rate = context.Number(argument, 0, least: 0, most: 1);
        if (!context.Training || rate == 0)
        {
            return null;
        }

        Expr keep = rate == 1 ? 0 : Expr.Call("Where", Expr.Call("GreaterOrEqual", context.NextUniform(), rate), 1 / (1 - rate), 0);
        return context.Graph.Add(new Map(keep, shape));
    }
}

/// <summary>A window of steps as the body of a loop, with what it takes from outside.</summary>
internal sealed class LoopWindow(Windows windows)
{
    private readonly Dictionary<Value, Value> taken = [];

    public Windows Windows { get; } = windows;

    public ScanBody Body { get; } = new();

    public List<Value> Sequences { get; } = [];

    public List<Value> Constants { get; } = [];

    /// <summary>The present window of a sequence, time first.</summary>
    public Value Cut(string name, Value sequence)
    {
        this.Sequences.Add(sequence);
        return this.Body.AddSequence(name, Shape.Of(this.Windows.Length) + sequence.Shape.Slice(1, sequence.Shape.Rank));
    }

    /// <summary>What is the same in every window.</summary>
    public Value Take(string name, Value outside)
    {
        if (!this.taken.TryGetValue(outside, out Value? inside))
        {
            this.Constants.Add(outside);
            this.taken[outside] = inside = this.Body.AddConstant(name, outside.Shape);
        }

        return inside;
    }
}
