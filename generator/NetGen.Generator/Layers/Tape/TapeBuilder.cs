namespace NetGen.Generator;

/// <summary>Builds one tape: this part has the order of things and the elements in common; the others have blocks, the tape's own words and outputs.</summary>
internal sealed partial class TapeBuilder(ModelSpec model, bool training, bool carries, bool evaluates = false)
{
    private const int MaximumElements = 20_000;
    private const int MaximumRepeat = 10_000;
    private const int MaximumDepth = 32;
    private const int MaximumProblems = 100;

    /// <summary>A training program takes them as the bits of one number.</summary>
    private const int MaximumToggles = 64;

    private readonly TapeState state = new(training, carries, evaluates);
    private readonly List<Problem> problems = [];
    private readonly List<TapeRow> rows = [];
    private readonly List<Toggle> toggles = [];
    private readonly List<Tap> produced = [];
    private int applied;

    /// <summary>The graph so far.</summary>
    public Graph Graph => this.state.Graph;

    /// <summary>What is wrong so far.</summary>
    public IReadOnlyList<Problem> Problems => this.problems;

    /// <summary>The parameters so far.</summary>
    public IEnumerable<Parameter> Parameters => this.Graph.Parameters.Select(v => v.Parameter!);

    public TapeResult Build()
    {
        NetworkOptions options = new();
        try
        {
            options = NetworkOptions.Read(model.Options);
        }
        catch (ProblemException e)
        {
            this.problems.Add(e.Problem);
        }

        TapeFrame root = new(new TapeScope(null, ""), new SymbolTable(), null, null, null, null);
        foreach (ElementSpec element in model.Elements)
        {
            this.Apply(element, root);
        }

        this.AddOutputs(root);
        DecodeSpec? decode = this.problems.Count == 0 ? this.FindDecode() : null;
        this.Graph.Scope = "";
        return new TapeResult(
            options,
            this.Graph,
            this.problems.OrderBy(p => p.Attribute).ToEquatableArray(),
            this.rows.ToEquatableArray(),
            this.toggles.ToEquatableArray(),
            this.state.RandomStreams.ToEquatableArray(),
            this.state.Adaptations.ToEquatableArray(),
            this.produced.Select(t => t.Value!).ToEquatableArray(),
            decode);
    }

    /// <summary>Applies an element of the tape or of a block.</summary>
    public void Apply(ElementSpec element, TapeFrame frame)
    {
        Attempt attempt = new(element, frame, element.Attribute, element.Kind);
        switch (element)
        {
            case LayerSpec { Kind: "Input" }:
                this.Try(attempt, () => this.ApplyInput(attempt));
                break;
            case LayerSpec { Kind: "Output" }:
                this.Try(attempt, () => this.NoteOutput(attempt));
                break;
            case LayerSpec { Kind: "Decode" }:
                this.Try(attempt, () => this.NoteDecode(attempt));
                break;
            case LayerSpec { Kind: "Reuse" }:
                this.Try(attempt, () => this.ApplyReuse(attempt));
                break;
            default:
                this.ApplyRepeated(element, frame);
                break;
        }
    }

    private void ApplyRepeated(ElementSpec element, TapeFrame frame)
    {
        long count = 1;
        Attempt first = new(element, frame, element.Attribute, element.Kind);
        this.Try(first, () => count = this.Reader(first, this.Symbols(frame, frame.Current)).Integer("Repeat", 1, 0, MaximumRepeat, "NG0024"));
        for (int i = 0; i < count; i++)
        {
            Attempt attempt = new(element, frame, element.Attribute, element.Kind);
            SymbolTable symbols = element.Find("Repeat") is null ? frame.Symbols : frame.Symbols.With("i", new IntegerValue(i));
            this.Try(attempt, () => this.ApplyOnce(attempt, symbols, isRepetition: i > 0));
        }
    }

    private void ApplyOnce(Attempt attempt, SymbolTable symbols, bool isRepetition)
    {
        (ElementSpec element, TapeFrame frame) = (attempt.Element, attempt.Frame);
        if (++this.applied > MaximumElements)
        {
            throw this.Reader(attempt, symbols).Fail("NG0025", "Repeat", $"The tape has more than {MaximumElements} layers and blocks.");
        }

        this.CheckArguments(attempt, symbols);
        IReadOnlyList<Tap> inputs = this.ResolveInputs(attempt, symbols);
        symbols = this.Symbols(symbols, frame, inputs.FirstOrDefault());
        ArgumentReader reader = this.Reader(attempt, symbols);
        bool isApplied = reader.Boolean("When", true, "NG0024");
        string? given = this.GivenName(attempt, reader, isRepetition);
        if (!isApplied)
        {
            // Passed through: a single input as it is, the chain where there are several.
            Tap passed = reader.Has("From") ? inputs[0] : frame.Current ?? throw reader.Fail("NG0013", null, $"{attempt.Place} has no input: the tape must begin with [Input(...)].");
            if (given is { Length: > 0 })
            {
                frame.Scope.Add(given, passed);
            }

            frame.Current = passed;
            return;
        }

        string name = given ?? frame.Scope.Unique(element is BlockSpec ? SnakeCase.From(Short(element.Kind)) : LayerTable.Find(element.Kind)?.DefaultName ?? "layer");
        attempt.Name = name;
        attempt.Place = name.Length == 0 ? element.Kind : $"{element.Kind} '{frame.Scope.Prefix}{name}'";
        string? toggle = this.AddToggle(attempt, reader, name);
        TapeApplication application = new(element, frame.Scope.Prefix + name, frame, symbols, toggle, frame.Infers || !reader.Boolean("Training", true));
        Tap output = this.Run(attempt, application, inputs, frame.Scope, frame.IsReuse);
        if (name.Length > 0)
        {
            frame.Scope.Add(name, application);
            frame.Scope.Add(name, output);
        }

        if (!StandsAside(attempt))
        {
            frame.Current = output;
        }
    }

    /// <summary>Whether an element takes nothing and the chain goes on past it: it is taken by its name. At the beginning of a tape it begins the chain.</summary>
    private static bool StandsAside(Attempt attempt) => attempt.Frame.Current is not null && LayerTable.Find(attempt.Element.Kind) is { Inputs.Most: 0 };

    /// <summary>Builds an application's ops behind some inputs: at once, or for Reuse once more.</summary>
    private Tap Run(Attempt attempt, TapeApplication application, IReadOnlyList<Tap> inputs, TapeScope scope, bool isReuse)
    {
        if (inputs.Any(i => i.Value is null))
        {
            throw new PoisonException();
        }

        bool isDistributed = this.Reader(attempt, application.Symbols).Boolean("TimeDistributed", false);
        IReadOnlyList<Tap> taken = isDistributed ? [this.FoldTime(attempt, application, inputs)] : inputs;
        Tap output = application.Element is BlockSpec block
            ? this.RunBlock(attempt, application, block, taken[0], scope, isReuse)
            : this.RunLayer(attempt, application, taken, isReuse);
        return isDistributed ? this.UnfoldTime(inputs[0], output) : output;
    }

    /// <summary>Time as a part of the batch: (batch, time, ...) as (batch time, ...), for what is applied to each step alone.</summary>
    private Tap FoldTime(Attempt attempt, TapeApplication application, IReadOnlyList<Tap> inputs)
    {
        if (inputs.Count != 1 || inputs[0].Value!.Shape is not { Rank: > 2 } x || !Batch.IsIn(x))
        {
            throw this.Reader(attempt, application.Symbols).Fail(
                "NG0011", "TimeDistributed", $"{attempt.Place} is applied to each time step: it takes one input of (batch, time, ...) of rank 3 or more, not {string.Join(", ", inputs.Select(i => i.Value!.Shape))}.");
        }

        this.Graph.Scope = application.Name;
        return new Tap(inputs[0].Name, this.Graph.Add(new Reshape(Shape.Of(x[0] * x[1]) + x.Slice(2, x.Rank)), inputs[0].Value!), null, inputs[0].Attribute) { Used = true };
    }

    private Tap UnfoldTime(Tap input, Tap output)
    {
        (Shape x, Shape y) = (input.Value!.Shape, output.Value!.Shape);
        Value value = this.Graph.Add(new Reshape(x.Slice(0, 2) + y.Slice(1, y.Rank)), output.Value);
        output.Used = true;
        Tap tap = new(output.Name, value, input.Mask, output.Attribute);
        this.produced.Add(tap);
        return tap;
    }

    private Tap RunLayer(Attempt attempt, TapeApplication application, IReadOnlyList<Tap> inputs, bool isReuse)
    {
        Layer layer = LayerTable.Find(application.Element.Kind)!;
        ArgumentReader reader = new(application.Element, application.Symbols, attempt.Place);
        LayerContext context = new(this.state, application.Name, attempt.Place, reader, inputs, application.Toggle, n => this.Resolve(n, application.Frame, reader, null)) { Infers = application.Infers };
        context.OutputMask = layer.CarriesMask ? context.Masks[0] : null;
        this.Graph.Scope = isReuse && attempt.Name is not null ? attempt.Frame.Scope.Prefix + attempt.Name : application.Name;
        (int values, int nodes) = (this.Graph.Values.Count, this.Graph.Nodes.Count);
        // Here for all layers that have one, because most draw nothing in inference, and some nothing at a rate of 0.
        RandomNumbers.Seed(context);
        Value value = layer.Build(context);
        foreach (Value activity in layer.Activities(context, value))
        {
            context.RegularizeActivity(activity);
        }

        long parameters = 0;
        for (int i = values; i < this.Graph.Values.Count; i++)
        {
            Value made = this.Graph.Values[i];
            this.state.CheckSize(made.Shape, context, made == value ? "output" : "intermediate result");
            parameters += made.Kind == ValueKind.Parameter ? made.Shape.Count.Constant : 0;
        }

        this.rows.Add(new TapeRow(this.Graph.Scope, isReuse ? "Reuse" : layer.Kind, value.Shape, parameters, MultiplyAdds.PerSample(this.Graph.Nodes, nodes)));
        Tap tap = new(this.Graph.Scope, value, context.OutputMask, attempt.Attribute) { Extra = context.Extra };
        this.produced.Add(tap);
        return tap;
    }

    private IReadOnlyList<Tap> ResolveInputs(Attempt attempt, SymbolTable symbols)
    {
        (ElementSpec element, TapeFrame frame) = (attempt.Element, attempt.Frame);
        ArgumentReader reader = this.Reader(attempt, symbols);
        List<Tap> taps = [];
        if (reader.Text("From") is { } from)
        {
            taps.Add(this.Resolve(from, frame, reader, "From"));
        }

        if (LayerTable.Find(element.Kind) is { Inputs.Most: 0 })
        {
            if (taps.Count > 0)
            {
                throw reader.Fail("NG0020", "From", $"{element.Kind} takes no input.");
            }
        }
        else if (LayerTable.Find(element.Kind) is { Inputs: var (least, most) } && most > 1)
        {
            taps.AddRange(reader.Texts(TapeWords.MergeInputs).Select((n, i) => this.Resolve(n, frame, reader, FormattableString.Invariant($"{TapeWords.MergeInputs}[{i}]"))));
            if (taps.Count == 0 && least == 1)
            {
                taps.Add(Chain(frame, reader, element));
            }

            if (taps.Count < least || taps.Count > most)
            {
                string wanted = least == most ? $"{least}" : most == int.MaxValue ? $"at least {least}" : $"{least} to {most}";
                throw reader.Fail("NG0020", null, $"{element.Kind} takes {wanted} inputs, not {taps.Count}: [{element.Kind}(\"a\", \"b\")] names them.");
            }
        }
        else if (taps.Count == 0)
        {
            taps.Add(Chain(frame, reader, element));
        }

        foreach (Tap tap in taps)
        {
            tap.Used = true;
        }

        if (taps.Count > 0 && reader.Text("Mask") is { } maskName)
        {
            Tap mask = this.Resolve(maskName, frame, reader, "Mask");
            mask.Used = true;
            taps[0] = new Tap(taps[0].Name, mask.Value is null ? null : taps[0].Value, mask.Value, taps[0].Attribute) { Extra = taps[0].Extra };
        }

        return taps;
    }

    /// <summary>The output of the chain so far.</summary>
    private static Tap Chain(TapeFrame frame, ArgumentReader reader, ElementSpec element) =>
        frame.Current ?? throw reader.Fail("NG0013", null, $"{element.Kind} has no input: the tape must begin with [Input(...)].");

    /// <summary>The tap of a name: a block's input, a layer or block here or around, or a layer's further output.</summary>
    private Tap Resolve(string name, TapeFrame frame, ArgumentReader reader, string? argument)
    {
        if (frame.Input is { } input && name == TapeWords.BlockInput)
        {
            return input;
        }

        if (frame.Scope.Find(name) is { } tap)
        {
            return tap;
        }

        int dot = name.LastIndexOf('.');
        if (dot > 0 && frame.Scope.Find(name.Substring(0, dot)) is { } layer)
        {
            layer.Used = true;
            if (layer.Value is null)
            {
                return new Tap(name, null, null, layer.Attribute);
            }

            if (layer.Extra.TryGetValue(name.Substring(dot + 1), out (Value Value, Value? Mask) extra))
            {
                return new Tap(name, extra.Value, extra.Mask, layer.Attribute);
            }
        }

        List<string> known = [.. frame.Input is null ? frame.Scope.Names : frame.Scope.Names.Append(TapeWords.BlockInput)];
        string? nearest = NearestName.Find(name, known);
        string list = nearest is null ? $" Known so far: {NameList.Of(known, name)}." : NearestName.Question(nearest);
        throw reader.Fail("NG0010", argument, $"There is no output named '{name}' before this.{list}", nearest);
    }

    private string? GivenName(Attempt attempt, ArgumentReader reader, bool isRepetition)
    {
        string? name = reader.Text("Name");
        if (name is null || (name.Length == 0 && attempt.Element is BlockSpec))
        {
            return name;
        }

        if (name.Trim().Length == 0 || name != name.Trim() || name.Any(c => c is '/' or '{' or '}' or '"' or '\\' || char.IsControl(c)) || name.Length > 200)
        {
            throw reader.Fail("NG0012", "Name", $"'{name}' cannot be a name: it must not be empty or hold slashes, braces, quotes or spaces at its ends.");
        }

        if (attempt.Frame.Input is not null && name == TapeWords.BlockInput)
        {
            throw reader.Fail("NG0014", "Name", $"In a block '{TapeWords.BlockInput}' names what flows into it.");
        }

        if (!attempt.Frame.Scope.Contains(name))
        {
            return name;
        }

        return isRepetition ? attempt.Frame.Scope.Unique(name) : throw reader.Fail("NG0014", "Name", $"The name '{name}' is used already.");
    }

    private string? AddToggle(Attempt attempt, ArgumentReader reader, string name)
    {
        if (!reader.Has("Trainable"))
        {
            return attempt.Frame.Toggle;
        }

        if (name.Length == 0)
        {
            throw reader.Fail("NG0012", "Trainable", $"{attempt.Place} needs a name to be frozen and thawed by.");
        }

        string full = attempt.Frame.Scope.Prefix + name;
        bool isTrainable = reader.Boolean("Trainable", true);
        if (!attempt.Frame.IsReuse)
        {
            if (this.toggles.Count == MaximumToggles)
            {
                throw reader.Fail("NG0025", "Trainable", $"More than {MaximumToggles} names carry Trainable; a block around several layers freezes them together.");
            }

            this.toggles.Add(new Toggle(full, isTrainable, attempt.Frame.Toggle));
        }

        return full;
    }

    private void CheckArguments(Attempt attempt, SymbolTable symbols)
    {
        ElementSpec element = attempt.Element;
        IEnumerable<string> known;
        if (element is BlockSpec block)
        {
            known = block.Parameters.Select(p => PascalCase.From(p.Name));
        }
        else if (LayerTable.Find(element.Kind) is { } layer)
        {
            known = (layer.Inputs.Most > 1 ? layer.Arguments.Append(TapeWords.MergeInputs) : layer.Arguments).Append(TapeWords.ActivityRegularizer);
        }
        else
        {
            string? nearest = NearestName.Find(element.Kind, LayerTable.All.Select(l => l.Kind));
            throw this.Reader(attempt, symbols).Fail("NG0012", null, $"There is no layer {element.Kind}.{NearestName.Question(nearest)}", nearest);
        }

        foreach (ArgumentSpec argument in element.Arguments)
        {
            if (!known.Contains(argument.Name) && !TapeWords.Arguments.Contains(argument.Name))
            {
                string? nearest = NearestName.Find(argument.Name, known.Concat(TapeWords.Arguments));
                throw this.Reader(attempt, symbols).Fail("NG0012", argument.Name, $"{element.Kind} has no argument {argument.Name}.{NearestName.Question(nearest)}", nearest);
            }
        }
    }

    /// <summary>Within a block the sizes are those of the block's input; on the tape itself, of the element's own.</summary>
    private SymbolTable Symbols(TapeFrame frame, Tap? input) => this.Symbols(frame.Symbols, frame, input);

    private SymbolTable Symbols(SymbolTable symbols, TapeFrame frame, Tap? input) => frame.Block is null ? symbols.WithSizes(input?.Value?.Shape) : symbols;

    private ArgumentReader Reader(Attempt attempt, SymbolTable symbols) => new(attempt.Element, symbols, attempt.Place);

    private static string Short(string kind) => kind.Split('.').Last();

    private void Try(Attempt attempt, Action action)
    {
        try
        {
            action();
            return;
        }
        catch (ProblemException e)
        {
            this.Report(attempt, e.Problem);
        }
        catch (ShapeException e)
        {
            this.Report(attempt, new Problem("NG0011", attempt.Attribute, null, $"{attempt.Place}: {e.Message}"));
        }
        catch (OverflowException)
        {
            this.Report(attempt, new Problem("NG0017", attempt.Attribute, null, $"{attempt.Place} has more elements than can be addressed ({int.MaxValue})."));
        }
        catch (PoisonException)
        {
            // What it hangs on has been reported.
        }

        Tap unknown = new(attempt.Name ?? "", null, null, attempt.Attribute) { Used = true };
        if (attempt.Name is { Length: > 0 } name && !attempt.Frame.Scope.Contains(name))
        {
            attempt.Frame.Scope.Add(name, unknown);
        }

        if (!StandsAside(attempt))
        {
            attempt.Frame.Current = unknown;
        }
    }

    private void Report(Attempt attempt, Problem problem)
    {
        // Inside a block the argument is not the user's: the block's attribute is, and the path says the rest.
        bool isOwn = attempt.Frame.Block is null && attempt.Element.Attribute == attempt.Attribute;
        Problem placed = problem with
        {
            Attribute = attempt.Attribute,
            Argument = isOwn ? problem.Argument : null,
            Message = attempt.Frame.Path + problem.Message,
            Suggestion = isOwn ? problem.Suggestion : null,
        };
        if (this.problems.Count < MaximumProblems && !this.problems.Contains(placed))
        {
            this.problems.Add(placed);
        }
    }

    /// <summary>An element being applied: where it stands and, as far as it is known, its name.</summary>
    private sealed class Attempt(ElementSpec element, TapeFrame frame, int attribute, string place)
    {
        public ElementSpec Element { get; } = element;

        public TapeFrame Frame { get; } = frame;

        public int Attribute { get; } = attribute;

        public string Place { get; set; } = place;

        public string? Name { get; set; }
    }
}
