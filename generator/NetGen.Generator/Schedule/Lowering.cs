namespace NetGen.Generator;

/// <summary>
/// A program under construction: where values lie and which steps make them. The rules of <see cref="KernelTable"/> ask it for buffers and add steps.
/// </summary>
internal sealed class Lowering
{
    private readonly ParameterLayouts layouts;
    private readonly bool training;
    private readonly List<string> toggles;
    private readonly Phases phases;
    private readonly Dictionary<(Value, Layout), Buffer> buffers = [];
    private readonly Dictionary<(Buffer, RuntimeKernel), Buffer> derived = [];
    private readonly Dictionary<(Value, RuntimeKernel), Buffer> conversions = [];
    private readonly Dictionary<Value, Value> aliases = [];
    private readonly Dictionary<Value, Layout> wanted = [];
    private readonly Dictionary<Value, (Buffer Partials, MapBlocks Blocks)> moments = [];
    private readonly Dictionary<Value, Buffer> fixedPlaces = [];
    private readonly Dictionary<string, Buffer> parameters = new(StringComparer.Ordinal);
    private readonly Dictionary<Phase, List<Step>> steps = new() { [Phase.Prepare] = [], [Phase.Forward] = [], [Phase.Backward] = [] };
    private readonly List<Buffer> arena = [];
    private readonly List<Buffer> prepared = [];
    private readonly List<double> constants = [];
    private readonly Dictionary<Value, int> uses;

    /// <param name="graph">After all passes.</param>
    /// <param name="layouts">Where the parameters lie.</param>
    /// <param name="training">Whether the backward half is lowered too.</param>
    /// <param name="toggles">The names of the toggles in the order of the network's definition.</param>
    public Lowering(Graph graph, ParameterLayouts layouts, bool training, IReadOnlyList<string> toggles)
    {
        this.toggles = [.. toggles];
        this.Graph = graph;
        this.layouts = layouts;
        this.training = training;
        this.phases = new Phases(graph);
        this.uses = graph.CountUses();
    }

    public Graph Graph { get; }

    /// <summary>Whether the backward half is lowered too.</summary>
    public bool IsTraining => this.training;

    /// <summary>Whether kernels that round more than plain sums are forbidden.</summary>
    public bool IsPrecise { get; init; }

    /// <summary>Whether the program is one step of a stream, which runs again and again on the same weights.</summary>
    public bool Repeats { get; init; }

    /// <summary>The node that is being lowered.</summary>
    public Node Node { get; private set; } = null!;

    /// <summary>The loops whose bodies are being lowered, the outermost first.</summary>
    private readonly List<OpenLoop> loops = [];

    public Phase PhaseOf(Node node) => this.loops.Find(l => l.Nodes.Contains(node)) is { } loop ? this.PhaseOf(loop.Node) : this.phases[node];

    public Phase PhaseOf(Value value) => this.LoopOf(value) is { } loop ? this.PhaseOf(loop.Node) : this.phases.Of(value);

    /// <summary>The loop in whose body a value is given or made.</summary>
    private OpenLoop? LoopOf(Value value) => this.loops.Find(l => l.Bound.Contains(value) || (value.Producer is { } producer && l.Nodes.Contains(producer)));

    /// <summary>How many nodes and roots read a value.</summary>
    public int Uses(Value value) => this.uses.TryGetValue(value, out int count) ? count : 0;

    /// <summary>The nodes that a later node takes into its own kernel; they are not lowered by themselves.</summary>
    public HashSet<Node> Absorbed { get; } = [];

    /// <summary>The layout in which a value is wanted by who reads it; plain unless all want another.</summary>
    public Layout Wanted(Value value) => this.wanted.TryGetValue(this.Root(value), out Layout? layout) ? layout : Layout.Plain;

    /// <summary>The layout in which a value was stored first.</summary>
    public Layout Stored(Value value)
    {
        Value root = this.Root(value);
        return root.Kind == ValueKind.Parameter ? this.layouts.Layout(root.Name)
            : this.buffers.ContainsKey((root, PanelLayout.Instance)) && !this.buffers.ContainsKey((root, Layout.Plain)) ? PanelLayout.Instance : Layout.Plain;
    }

    /// <summary>Whether a value lies in memory of the caller's, which may end with its last element: an input, and where nothing is trained an output.</summary>
    public bool IsCallers(Value value)
    {
        Value root = this.Root(value);
        return (root.Kind is ValueKind.Input or ValueKind.Lengths && this.LoopOf(root) is null) || (!this.training && this.fixedPlaces.TryGetValue(root, out Buffer? place) && place.Region == Region.Output);
    }

    /// <summary>Where a value lies; if it is stored in another layout, a step that converts it is added first.</summary>
    public Buffer Read(Value value, Layout? layout = null)
    {
        Value root = this.Root(value);
        Layout want = layout ?? Layout.Plain;
        Layout stored = this.Stored(root);
        if (want == stored)
        {
            return this.Place(root, stored);
        }

        // A reshape may stand between: the matrix that is wanted counts, where the value is not stored in panels itself.
        Shape shape = stored == PanelLayout.Instance ? root.Shape : value.Shape;
        (long rows, long columns) = (shape.CountOf(0, shape.Rank - 1).Constant, shape.Last.Constant);
        string method = want == PanelLayout.Instance ? "PlainToPanels" : "PanelsToPlain";
        return this.Convert(root, method, want.Length(shape), $"Y in {want} from X ({rows},{columns}) in {stored}.", [rows, columns], columns);
    }

    /// <summary>
    /// A value that a method of the runtime's <c>Packing</c> makes of another; made once, as early as the value is known. Threads share the panels of
    /// <paramref name="columns"/> columns.
    /// </summary>
    public Buffer Convert(Value value, string method, Dim length, string formula, IEnumerable<Dim> arguments, long columns)
    {
        return this.Convert(value, new RuntimeKernel(method, arguments.ToEquatableArray(), formula) { Panels = (columns + PanelLayout.Width - 1) / PanelLayout.Width }, length);
    }

    /// <summary>A value that a kernel of one operand makes of another; made once, as early as the value is known.</summary>
    /// <param name="value">What is converted.</param>
    /// <param name="kernel">How.</param>
    /// <param name="length">Floats of the result.</param>
    /// <param name="layout">The layout in which the kernel reads the value; null for the one in which it lies.</param>
    public Buffer Convert(Value value, RuntimeKernel kernel, Dim length, Layout? layout = null)
    {
        Value root = this.Root(value);
        if (!this.conversions.TryGetValue((root, kernel), out Buffer? result))
        {
            Layout stored = this.Stored(root);
            Phase phase = this.PhaseOf(root);
            result = phase == Phase.Prepare ? this.Prepared(length, root.Name) : this.Scratch(length, root.Name);
            this.conversions[(root, kernel)] = result;
            Buffer from = layout is not null && layout != stored ? this.Read(root, layout) : this.Place(root, stored);
            this.StepsOf(phase, root).Add(new Step(kernel, EquatableArray.Of(from, result), root.Name));
        }

        return result;
    }

    /// <summary>What a kernel of one operand makes of what is in a buffer; made once, in the phase in which the buffer is filled.</summary>
    public Buffer Convert(Buffer from, RuntimeKernel kernel, Dim length)
    {
        if (!this.derived.TryGetValue((from, kernel), out Buffer? result))
        {
            bool isPrepared = from.Region is Region.Prepared or Region.Weights or Region.Parameter;
            result = isPrepared ? this.Prepared(length, from.Name) : this.Scratch(length, from.Name);
            if (isPrepared)
            {
                this.derived[(from, kernel)] = result;
            }

            (isPrepared ? this.steps[Phase.Prepare] : this.StepsOf(this.PhaseOf(this.Node))).Add(new Step(kernel, EquatableArray.Of(from, result), from.Name));
        }

        return result;
    }

    /// <summary>Where an output of the present node must be written. It is asked for once.</summary>
    public Buffer Write(Value value, Layout? layout = null)
    {
        Layout stored = layout ?? Layout.Plain;
        Buffer buffer = this.fixedPlaces.TryGetValue(value, out Buffer? place) && place.Layout == stored ? place
            : this.PhaseOf(value) == Phase.Prepare ? this.Prepared(stored.Length(value.Shape), value.Name)
            : this.Scratch(stored.Length(value.Shape), value.Name, stored);
        this.buffers[(value, stored)] = buffer;
        return buffer;
    }

    /// <summary>Says that a value's maker leaves the moments of its channels over blocks.</summary>
    public void KeepMoments(Value value, Buffer partials, MapBlocks blocks) => this.moments[value] = (partials, blocks);

    /// <summary>The moments that a value's maker has left, if it has.</summary>
    public (Buffer Partials, MapBlocks Blocks)? FindMoments(Value value) => this.moments.TryGetValue(value, out (Buffer, MapBlocks) found) ? found : null;

    /// <summary>Scratch memory of the present phase.</summary>
    public Buffer Scratch(Dim length, string name, Layout? layout = null)
    {
        Buffer buffer = new(Region.Arena, layout ?? Layout.Plain, ArenaPlan.Round(length), name) { Elements = length };
        this.arena.Add(buffer);
        return buffer;
    }

    /// <summary>The output is the input's memory.</summary>
    public void Alias(Value output, Value input) => this.aliases[output] = this.Root(input);

    /// <summary>Adds a step of the present node.</summary>
    public void Add(Kernel kernel, params Buffer[] operands) =>
        this.StepsOf(this.PhaseOf(this.Node)).Add(new Step(kernel, operands.ToEquatableArray(), this.Node.Scope) { UnlessFused = this.FusedSlot() });

    /// <summary>Adds a loop whose steps are given.</summary>
    public void AddLoop(LoopKernel kernel) => this.Add(kernel, [.. kernel.Body.SelectMany(s => s.Buffers)]);

    /// <summary>Says where an input of a loop's body lies.</summary>
    public void BindInput(Value input, Buffer buffer)
    {
        this.loops[this.loops.Count - 1].Bound.Add(input);
        this.Bind(input, buffer);
    }

    /// <summary>Says where a value lies that a step leaves there without being asked.</summary>
    public void Bind(Value value, Buffer buffer)
    {
        this.fixedPlaces.Remove(value);
        this.buffers[(value, Layout.Plain)] = buffer;
    }

    /// <summary>Whether it is decided where a value lies.</summary>
    public bool IsWritten(Value value) => this.buffers.ContainsKey((value, Layout.Plain));

    /// <summary>Whether a value must end in a place of its own.</summary>
    public bool HasPlace(Value value) => this.fixedPlaces.ContainsKey(value);

    /// <summary>Says where the node that makes a value writes it.</summary>
    public void Fix(Value value, Buffer place) => this.fixedPlaces[value] = place;

    /// <summary>Whether the body of a loop over steps is being lowered, which a part runs for its own samples.</summary>
    public bool IsInLoop => this.loops.Count > 0 && this.loops[this.loops.Count - 1].Windows is null;

    /// <summary>Collects the steps that lowering a loop's body adds.</summary>
    public EquatableArray<Step> Nested(ScanBody body, Windows? windows, Action lower)
    {
        if (this.IsInLoop)
        {
            throw new NotSupportedException("A loop within a loop over steps has no kernel.");
        }

        OpenLoop loop = new(this.Node, windows, [.. body.Graph.Nodes]);
        this.loops.Add(loop);
        foreach (Value value in body.Graph.Nodes.SelectMany(n => n.Inputs).Concat(body.Next).Concat(body.Outputs))
        {
            this.uses[value] = this.uses.TryGetValue(value, out int count) ? count + 1 : 1;
        }

        lower();
        this.loops.RemoveAt(this.loops.Count - 1);
        this.Node = loop.Node;
        return loop.Steps.ToEquatableArray();
    }

    /// <summary>A loop whose body is being lowered.</summary>
    private sealed class OpenLoop(Node node, Windows? windows, HashSet<Node> nodes)
    {
        public Node Node { get; } = node;

        public Windows? Windows { get; } = windows;

        /// <summary>The nodes of the body.</summary>
        public HashSet<Node> Nodes { get; } = nodes;

        /// <summary>Inputs of the body that have buffers of their own.</summary>
        public HashSet<Value> Bound { get; } = [];

        public List<Step> Steps { get; } = [];
    }

    /// <summary>Lowers nodes in their order, each by the rules of <see cref="KernelTable"/>.</summary>
    public void LowerNodes(IReadOnlyList<Node> nodes)
    {
        foreach (Node node in nodes.Where(n => n.Op is Reshape))
        {
            this.Alias(node.Output, node.Inputs[0]);
        }

        ColumnRule.Absorb(this, nodes);
        EpilogueRule.Absorb(this, nodes);
        foreach (Node node in nodes.Where(n => n.Op is not Reshape && !this.Absorbed.Contains(n)))
        {
            this.Node = node;
            KernelTable.Lower(this, node);
        }
    }

    private List<Step> StepsOf(Phase phase) => this.StepsOf(phase, this.loops.Count == 0 ? null : this.loops[this.loops.Count - 1]);

    /// <summary>Where the step that converts a value belongs: into the loop only if the value is made in it.</summary>
    private List<Step> StepsOf(Phase phase, Value value) => this.StepsOf(phase, this.LoopOf(value));

    private List<Step> StepsOf(Phase phase, OpenLoop? loop) => loop is not null && phase == this.PhaseOf(loop.Node) ? loop.Steps : this.steps[phase];

    private int FusedSlot() => this.logitNodes.TryGetValue(this.loops.Count > 0 ? this.loops[0].Node : this.Node, out int slot) ? slot : -1;

    private readonly Dictionary<Node, int> logitNodes = [];

    public Value Root(Value value) => this.aliases.TryGetValue(value, out Value? root) ? root : value;

    /// <summary>Lowers every node and closes the program.</summary>
    public ProgramSchedule Run()
    {
        this.FixPlaces();
        this.LowerNodes(this.Graph.Nodes);
        this.CopyRoots();
        return this.Close();
    }

    /// <summary>Values that must end in a place of their own are written there at once where they can be.</summary>
    private void FixPlaces()
    {
        Dictionary<Value, Value> roots = [];
        foreach (Node node in this.Graph.Nodes.Where(n => n.Op is Reshape))
        {
            roots[node.Output] = roots.TryGetValue(node.Inputs[0], out Value? root) ? root : node.Inputs[0];
        }

        Value RootOf(Value value) => roots.TryGetValue(value, out Value? root) ? root : value;
        foreach ((Value value, Buffer place) in this.OutputPlaces())
        {
            this.FixRoot(RootOf(value), place);
        }

        foreach (Node node in this.Graph.Nodes.Where(MoveRules.Adds))
        {
            this.FixRoot(RootOf(node.Inputs[1]), this.Behind(node.Inputs[0], node.Inputs[1]));
        }

        foreach (StateUpdate update in this.Graph.ParameterGradients)
        {
            Layout layout = this.layouts.Layout(update.State.Name);
            Value root = RootOf(update.NewValue);
            // A reshape may stand between that keeps the columns.
            if (layout == Layout.Plain || (CanWritePanels(root) && root.Shape.Last == update.State.Shape.Last))
            {
                this.FixRoot(root, new Buffer(Region.Gradients, layout, layout.Length(update.State.Shape), update.State.Name) { Offset = this.layouts.Offset(update.State.Name) });
                this.wanted[root] = layout;
            }
        }

        foreach (StateUpdate update in this.Graph.LogitGradients)
        {
            int slot = update.State.Slot;
            this.FixRoot(RootOf(update.NewValue), new Buffer(Region.OutputGradient, Layout.Plain, update.State.Shape.Count, update.State.Name) { Slot = slot });
            this.MarkLogitNodes(update.NewValue, slot - this.Graph.Outputs.Count);
        }
    }

    /// <summary>Where the outputs go; in training behind them the logits, from which a cross-entropy is computed.</summary>
    private IEnumerable<(Value Value, Buffer Place)> OutputPlaces()
    {
        int count = this.Graph.Outputs.Count;
        for (int i = 0; i < count; i++)
        {
            GraphOutput output = this.Graph.Outputs[i];
            yield return (output.Value, new Buffer(Region.Output, Layout.Plain, output.Value.Shape.Count, output.Name) { Slot = i });
            if (this.training && output.Logits is { } logits)
            {
                yield return (logits, new Buffer(Region.Output, Layout.Plain, logits.Shape.Count, output.Name + " logits") { Slot = count + i });
            }
        }

        if (this.Graph.Penalty is { } penalty)
        {
            yield return (penalty, new Buffer(Region.Output, Layout.Plain, penalty.Shape.Count, "penalty") { Slot = this.Graph.PenaltySlot });
        }
    }

    /// <summary>Which steps of an output count is a hidden output, which losses and metrics read. It stands behind the outputs and their logits, in both programs.</summary>
    private int MaskSlot(int output) => (2 * this.Graph.Outputs.Count) + this.Graph.Outputs.Take(output).Count(o => o.StepMask is not null);

    private void MarkLogitNodes(Value value, int output)
    {
        if (value.Producer is { } node && this.phases[node] == Phase.Backward && !this.logitNodes.ContainsKey(node))
        {
            this.logitNodes[node] = output;
            foreach (Value input in node.Inputs)
            {
                this.MarkLogitNodes(input, output);
            }
        }
    }

    private static bool CanWritePanels(Value value) => value.Producer?.Op is MatMul or ConvFilterGradient;

    private void FixRoot(Value value, Buffer place)
    {
        if (value.Kind == ValueKind.Computed && !this.fixedPlaces.ContainsKey(value) && this.phases.Of(value) != Phase.Prepare)
        {
            this.fixedPlaces[value] = place;
        }
    }

    /// <summary>Copies what could not be written in place: an output that is an input, a gradient that two parameters share, new states.</summary>
    private void CopyRoots()
    {
        foreach ((Value value, Buffer place) in this.OutputPlaces())
        {
            this.CopyTo(value, place, Phase.Forward);
        }

        for (int i = 0; i < this.Graph.Outputs.Count; i++)
        {
            if (this.Graph.Outputs[i].StepMask is { } mask)
            {
                this.CopyTo(mask, new Buffer(Region.Output, Layout.Plain, mask.Shape.Count, this.Graph.Outputs[i].Name + " mask") { Slot = this.MaskSlot(i) }, Phase.Forward);
            }
        }

        foreach (StateUpdate update in this.Graph.LogitGradients)
        {
            this.CopyTo(update.NewValue, new Buffer(Region.OutputGradient, Layout.Plain, update.State.Shape.Count, update.State.Name) { Slot = update.State.Slot }, Phase.Backward);
        }

        foreach (StateUpdate update in this.Graph.ParameterGradients)
        {
            Layout layout = this.layouts.Layout(update.State.Name);
            this.CopyTo(update.NewValue, new Buffer(Region.Gradients, layout, layout.Length(update.State.Shape), update.State.Name) { Offset = this.layouts.Offset(update.State.Name) }, Phase.Backward);
        }

        foreach (StateUpdate update in this.Graph.Updates.Where(u => u.State.Kind == ValueKind.Parameter))
        {
            this.CopyTo(update.NewValue, this.Parameter(update.State), Phase.Backward);
        }

        // A state that becomes another one is moved aside before that one changes.
        List<StateUpdate> updates = [.. this.Graph.Updates.Where(u => u.State.Kind == ValueKind.State && this.Root(u.NewValue) != u.State)];
        Dictionary<StateUpdate, Buffer> aside = [];
        foreach (StateUpdate update in updates.Where(u => this.Root(u.NewValue).Kind == ValueKind.State))
        {
            Buffer scratch = this.Scratch(update.State.Shape.Count, update.State.Name);
            this.CopyTo(update.NewValue, scratch, Phase.Forward);
            aside[update] = scratch;
        }

        foreach (StateUpdate update in updates)
        {
            Buffer place = this.Place(update.State, Layout.Plain);
            if (aside.TryGetValue(update, out Buffer? from))
            {
                this.Copy(from, place, Phase.Forward);
            }
            else
            {
                this.CopyTo(update.NewValue, place, Phase.Forward);
            }
        }
    }

    private void CopyTo(Value value, Buffer place, Phase phase)
    {
        Value root = this.Root(value);
        if (this.fixedPlaces.TryGetValue(root, out Buffer? at) && at.Region == place.Region && at.Slot == place.Slot && at.Offset == place.Offset)
        {
            return;
        }

        this.Copy(this.Read(root, place.Layout), place, phase);
    }

    private void Copy(Buffer from, Buffer to, Phase phase) =>
        this.steps[phase].Add(new Step(RuntimeKernel.Copy(to.Elements), EquatableArray.Of(from, to), ScopeOf(to.Name)));

    /// <summary>The layer of a parameter.</summary>
    private static string ScopeOf(string name) => name.LastIndexOf('/') is > 0 and var slash ? name.Substring(0, slash) : name;

    private Buffer Place(Value root, Layout stored)
    {
        if (this.buffers.TryGetValue((root, stored), out Buffer? buffer))
        {
            return buffer;
        }

        buffer = root.Kind switch
        {
            ValueKind.Input => new Buffer(Region.Input, Layout.Plain, root.Shape.Count, root.Name) { Slot = root.Slot },
            // Behind the inputs come the lengths of each time, in the order of the run-time sizes.
            ValueKind.Lengths => new Buffer(Region.Input, Layout.Plain, root.Shape.Count, root.Name) { Slot = this.Graph.Inputs.Count + SizeNames.OfProgram(this.Graph).ToList().IndexOf(root.Name) - 1 },
            ValueKind.Gradient => new Buffer(Region.OutputGradient, Layout.Plain, root.Shape.Count, root.Name) { Slot = root.Slot },
            ValueKind.Parameter => this.Parameter(root),
            ValueKind.Constant => this.ConstantBuffer(root),
            ValueKind.State => new Buffer(root.IsGrowing ? Region.History : Region.State, Layout.Plain, StateLength(root), root.Name)
            {
                Slot = root.Slot,
                Elements = root.Shape.Count,
                Offset = this.Graph.States.Take(root.Slot).Where(s => s.IsGrowing == root.IsGrowing).Sum(s => StateLength(s).Scale),
            },
            ValueKind.Toggle => new Buffer(Region.Toggle, Layout.Plain, 1, root.Name) { Slot = this.toggles.IndexOf(root.Name) },
            _ => throw new InvalidOperationException($"{root} of {root.Producer?.Op} is read before it is written."),
        };
        if (root.Kind != ValueKind.Parameter)
        {
            this.buffers[(root, stored)] = buffer;
        }

        return buffer;
    }

    /// <summary>Floats of a state's place: for one to which calls add, those of as many calls as there is room for.</summary>
    private static Dim StateLength(Value state) => ArenaPlan.Round(state.IsGrowing ? state.Shape.Count.Divide(Dim.Past)! * Dim.Room : state.Shape.Count);

    /// <summary>Where a call adds to a state.</summary>
    public Buffer Behind(Value state, Value added) => this.Place(state, Layout.Plain).View(state.Shape.Count, added.Shape.Count);

    /// <summary>A parameter: for training in the master weights, for inference wherever <see cref="PreparedPlan"/> puts it.</summary>
    private Buffer Parameter(Value parameter)
    {
        if (!this.parameters.TryGetValue(parameter.Name, out Buffer? buffer))
        {
            Layout layout = this.layouts.Layout(parameter.Name);
            Dim length = layout.Length(parameter.Shape);
            buffer = this.training ? new Buffer(Region.Weights, layout, length, parameter.Name) { Offset = this.layouts.Offset(parameter.Name) }
                : new Buffer(Region.Parameter, layout, length, parameter.Name) { Slot = this.layouts.Index(parameter.Name) };
            this.parameters[parameter.Name] = buffer;
        }

        return buffer;
    }

    /// <summary>What Prepare makes; where it lies follows from who reads it.</summary>
    private Buffer Prepared(Dim length, string name)
    {
        Buffer buffer = new(Region.Prepared, Layout.Plain, ArenaPlan.Round(length), name) { Elements = length };
        this.prepared.Add(buffer);
        return buffer;
    }

    private Buffer ConstantBuffer(Value value) => this.Constant(value.Data, value.Name);

    /// <summary>Numbers that a kernel needs beside its node's inputs.</summary>
    public Buffer Constant(IEnumerable<double> data, string name)
    {
        int offset = this.constants.Count;
        this.constants.AddRange(data);
        Buffer buffer = new(Region.Constants, Layout.Plain, this.constants.Count - offset, name) { Offset = offset };
        while (this.constants.Count % ArenaPlan.Line != 0)
        {
            this.constants.Add(0);
        }

        return buffer;
    }

    private ProgramSchedule Close()
    {
        List<(string Name, Phase Phase)> lists = this.training
            ? [("prepare", Phase.Prepare), ("forward", Phase.Forward), ("backward", Phase.Backward)]
            : [("prepare", Phase.Prepare), ("run", Phase.Forward)];
        List<List<Step>> kept = [.. NeedPlan.Place([.. lists.Select(l => this.steps[l.Phase])], this.Graph, this.toggles).Select(JoinMaps.Rewrite)];
        int index = 0;
        foreach (Step step in kept.SelectMany(s => s))
        {
            foreach (Buffer buffer in step.Buffers)
            {
                buffer.FirstStep = buffer.FirstStep < 0 ? index : buffer.FirstStep;
                buffer.LastStep = index;
            }

            index++;
        }

        PreparedPlan prepared = PreparedPlan.Of(kept, [.. this.parameters.Values], this.prepared, this.layouts.Count, this.training);
        ArenaPlan plan = ArenaPlan.Of(this.arena.Concat(this.prepared).Where(b => b.Region == Region.Arena && b.FirstStep >= 0));
        return new ProgramSchedule(
            this.training ? "Training" : "Inference",
            [.. lists.Select((l, i) => new StepList(l.Name, SyncPlan.Place(prepared.Lists[i]).ToEquatableArray()))],
            this.toggles,
            plan,
            prepared,
            this.constants,
            SizeNames.OfProgram(this.Graph),
            [
                .. this.Graph.Outputs.Select((o, i) => (i, o.Value.Shape.Count)),
                .. this.Graph.Outputs.Select((o, i) => (this.MaskSlot(i), Mask: o.StepMask)).Where(o => o.Mask is not null).Select(o => (o.Item1, o.Mask!.Shape.Count)),
                .. this.Graph.PenaltyRoots.Select(p => (this.Graph.PenaltySlot, p.Shape.Count)),
            ],
            [.. this.Graph.States.Select(s => this.Place(s, Layout.Plain))],
            this.Graph.Penalty is null ? -1 : this.Graph.PenaltySlot);
    }
}
