namespace NetGen.Generator;

/// <summary>What a layer builds from. One is made per application of a layer; the tape fills it.</summary>
internal sealed class LayerContext
{
    private readonly TapeState state;
    private readonly ArgumentReader arguments;
    private readonly Func<string, Tap> resolve;

    /// <param name="state">What the whole tape shares.</param>
    /// <param name="name">The layer's full name.</param>
    /// <param name="place">The layer in words, for messages.</param>
    /// <param name="arguments">The layer's arguments.</param>
    /// <param name="inputs">The taps that it takes; their values are known.</param>
    /// <param name="toggle">The name whose <c>Trainable</c> governs the layer, or null.</param>
    /// <param name="resolve">Finds a tap by a name in an argument.</param>
    public LayerContext(TapeState state, string name, string place, ArgumentReader arguments, IReadOnlyList<Tap> inputs, string? toggle, Func<string, Tap> resolve)
    {
        this.state = state;
        this.arguments = arguments;
        this.resolve = resolve;
        this.Name = name;
        this.Place = place;
        this.Toggle = toggle;
        this.Inputs = [.. inputs.Select(t => t.Value!)];
        this.InputNames = [.. inputs.Select(t => t.Name)];
        this.Masks = [.. inputs.Select(t => t.Mask)];
    }

    /// <summary>The graph under construction.</summary>
    public Graph Graph => this.state.Graph;

    /// <summary>The layer's full name: <c>block1/dense</c>.</summary>
    public string Name { get; }

    /// <summary>The layer's class: <c>Dense</c>.</summary>
    public string Kind => this.arguments.Kind;

    /// <summary>The layer in words: <c>Dense 'block1/dense'</c>.</summary>
    public string Place { get; }

    /// <summary>The taps that it takes.</summary>
    public IReadOnlyList<Value> Inputs { get; }

    /// <summary>Their names on the tape.</summary>
    public IReadOnlyList<string> InputNames { get; }

    /// <summary>The inputs with their shapes, for messages: <c>'a' of (n, 3), 'b' of (n, 4)</c>.</summary>
    public string InputsText => string.Join(", ", this.Inputs.Select((x, i) => $"'{this.InputNames[i]}' of {x.Shape}"));

    /// <summary>The only, or first, input.</summary>
    public Value X => this.Inputs[0];

    /// <summary>Keras's masks of the inputs, of shape (batch, time), as numbers 0 and 1; null where there is none.</summary>
    public IReadOnlyList<Value?> Masks { get; }

    /// <summary>The mask that goes on with the output.</summary>
    public Value? OutputMask { get; set; }

    /// <summary>Sets a mask that the layer makes itself. What it had before is gone, as in Keras; but beyond a sample's length no step counts.</summary>
    public void Mask(Value mask) => this.OutputMask = mask.Shape.Rank == 2 && this.state.LengthMasks.TryGetValue(mask.Shape[1], out Value? lengths)
        ? this.Graph.Add(new Map(Expr.In(0) * Expr.In(1)), mask, lengths)
        : mask;

    /// <summary>Whether the layer does in the program that is being built what it does in training (dropout, batch statistics).</summary>
    public bool Training => this.state.Training && !this.Infers;

    /// <summary>Whether the layer does in training what it does in inference.</summary>
    public bool Infers { get; init; }

    /// <summary>Whether the training program is being built, through which gradients flow.</summary>
    public bool HasGradients => this.state.Training;

    /// <summary>The name on the tape whose <c>Trainable</c> governs this layer, or null.</summary>
    public string? Toggle { get; }

    /// <summary>
    /// Whether the governing toggle is live at run time, as a scalar of 0 and 1 in the graph; null where the layer always trains.
    /// BatchNormalization needs it: frozen, it runs in inference mode.
    /// </summary>
    public Value? Live => this.Toggle is null ? null : this.Graph.Toggle(this.Toggle);

    /// <summary>Further outputs under their suffixes, with their masks, in the order of their making.</summary>
    public Dictionary<string, (Value Value, Value? Mask)> Extra { get; } = [];

    /// <summary>True if the argument was given.</summary>
    public bool Has(string argument) => this.arguments.Has(argument);

    /// <summary>An integer argument (an expression over block symbols is evaluated).</summary>
    public long Integer(string argument, long? fallback = null, long least = long.MinValue, long most = long.MaxValue) =>
        this.arguments.Integer(argument, fallback, least, most);

    /// <summary>One integer or an array; with a <paramref name="count"/>, a single one is repeated, as Keras does.</summary>
    public IReadOnlyList<long> Integers(string argument, int? count, IReadOnlyList<long>? fallback = null, long least = long.MinValue, long most = long.MaxValue) =>
        this.arguments.Integers(argument, count, fallback, least, most);

    /// <summary>A finite number within limits.</summary>
    public double Number(string argument, double? fallback = null, double least = double.NegativeInfinity, double most = double.PositiveInfinity) =>
        this.arguments.Number(argument, fallback, least, most);

    /// <summary>One number or an array.</summary>
    public IReadOnlyList<double> Numbers(string argument, IReadOnlyList<double>? fallback = null, bool isFinite = true) => this.arguments.Numbers(argument, fallback, isFinite);

    public bool Boolean(string argument, bool fallback) => this.arguments.Boolean(argument, fallback);

    public string? Text(string argument) => this.arguments.Text(argument);

    /// <summary>Several texts, or one.</summary>
    public IReadOnlyList<string> Texts(string argument) => this.arguments.Texts(argument);

    /// <summary>An argument of one of NetGen's enums by its member's name: <c>Same</c>.</summary>
    public string Enum(string argument, string type, IReadOnlyList<string> members, string fallback) => this.arguments.Enum(argument, type, members, fallback);

    /// <summary>An axis of the first input, not negative and not the batch (unless allowed).</summary>
    public int Axis(string argument, int fallback, bool allowBatch = false, Shape? of = null) => this.Axes(argument, [fallback], allowBatch, of)[0];

    /// <summary>Axes of the first input or a given shape, sorted, each once, not negative.</summary>
    public IReadOnlyList<int> Axes(string argument, IReadOnlyList<int> fallback, bool allowBatch = false, Shape? of = null)
    {
        Shape shape = of ?? this.X.Shape;
        int rank = shape.Rank;
        bool allowsFirst = allowBatch || !Batch.IsIn(shape);
        IReadOnlyList<long> given = this.Integers(argument, null, [.. fallback.Select(a => (long)a)]);
        foreach (long axis in given)
        {
            if (axis < -rank || axis >= rank || (!allowsFirst && (axis == 0 || axis == -rank)))
            {
                throw this.Fail("NG0012", argument, $"{argument} of {this.Place} must be an axis of {shape}{(allowsFirst ? "" : " other than the batch")}, not {axis}.");
            }
        }

        int[] axes = [.. given.Select(a => (int)(a < 0 ? a + rank : a)).Distinct().OrderBy(a => a)];
        return axes.Length > 0 ? axes : throw this.Fail("NG0012", argument, $"{argument} of {this.Place} must name at least one axis.");
    }

    /// <summary>The activation named by an argument, applied.</summary>
    public Value Activate(Value value, string argument = "Activation", string fallback = "Linear") =>
        ActivationTable.Apply(this.Activation(argument, fallback), this.Graph, value);

    /// <summary>The activation named by an argument: a member of the enum.</summary>
    public string Activation(string argument, string fallback) => this.arguments.Enum(argument, "Activation", ActivationTable.Names, fallback, ActivationTable.SecondNames);

    /// <summary>The initializer that an argument names, as C# after <c>new</c>; null where it was not given.</summary>
    public string? Initializer(string prefix) => this.arguments.Constructor(prefix + "Initializer", InitializerText.Parse);

    /// <summary>A weight of this layer, named <c>layer/name</c>. Applied again (Reuse), the layer gets the same one.</summary>
    /// <param name="name">Keras's name of the weight: <c>kernel</c>.</param>
    /// <param name="shape">Keras's shape.</param>
    /// <param name="initializer">The default, as C# after <c>new</c>: <c>GlorotUniform()</c>.</param>
    /// <param name="prefix">
    /// The prefix of the arguments that govern it: with <c>Kernel</c> the arguments KernelInitializer, KernelRegularizer and KernelConstraint are read; null for none.
    /// </param>
    /// <param name="trainable">False for a state such as a moving average.</param>
    /// <param name="forceInitializer">Whether the default stands also where the argument is given, which it then holds.</param>
    /// <param name="units">The axes that are summed over and those of the results, where the weight is neither a matrix nor a convolution's kernel: initializers go by their sizes.</param>
    public Value Parameter(string name, Shape shape, string initializer, string? prefix, bool trainable = true, bool forceInitializer = false, (Shape In, Shape Out)? units = null)
    {
        string fullName = this.Name + "/" + name;
        if (!shape.IsConstant)
        {
            throw this.Fail("NG0011", null, $"{this.Place} needs constant sizes for its weight '{name}', which would be {shape} behind {this.X.Shape}. "
                + "Of a time of any length take the last step, a mean over the steps (GlobalAveragePooling1D), or give the input a fixed number of them.");
        }

        this.state.CheckSize(shape, this, $"weight '{fullName}'");
        string? constraint = prefix is null ? null : this.arguments.Constructor(prefix + "Constraint", ConstraintText.Parse);
        foreach (int axis in constraint is null ? [] : ConstraintText.Axes(constraint).Where(a => a < -shape.Rank || a >= shape.Rank))
        {
            throw this.Fail("NG0023", prefix + "Constraint", $"{prefix}Constraint of {this.Place} names the axis {axis}; the weight '{name}' has the shape {shape}.");
        }

        Value value = this.Graph.ParameterValue(new Parameter(
            fullName,
            shape,
            (prefix is null || forceInitializer ? null : this.Initializer(prefix)) ?? initializer,
            trainable,
            this.Toggle,
            prefix is null ? null : this.arguments.Constructor(prefix + "Regularizer", RegularizerText.Parse),
            constraint,
            units is var (into, outOf) ? (into.Count.Constant, outOf.Count.Constant) : null));
        return value.Shape == shape ? value : throw this.Fail(
            "NG0022", null, $"{this.Place} has the weight '{name}' of shape {value.Shape}; applied to {this.X.Shape} it would need {shape}.");
    }

    /// <summary>
    /// The weight that a product of the layer multiplies by, with the argument SpectralNormalization, and what it is in the program that is being built. In all else it is a weight
    /// as <see cref="Parameter"/> gives it.
    /// </summary>
    /// <inheritdoc cref="Parameter"/>
    public Value Kernel(string name, Shape shape, string initializer, string prefix, (Shape In, Shape Out)? units = null)
    {
        Value kernel = this.Parameter(name, shape, initializer, prefix, units: units);
        return this.Has(SpectralNormalization.Argument) ? SpectralNormalization.Apply(this, kernel) : kernel;
    }

    /// <summary>
    /// Adds to the loss l1 times the sum of the magnitudes and l2 times that of the squares of a value, over all samples (Keras 3 does not divide by their number). Steps beyond a sample's
    /// length do not count. In programs without a loss nothing is computed.
    /// </summary>
    public void Penalize(Value activity, double l1, double l2)
    {
        if (!Batch.IsIn(activity))
        {
            throw this.Fail("NG0011", null, $"{this.Place} penalizes what samples have, not a value of shape {activity.Shape}, which is the same for all of them.");
        }

        if (!this.state.Penalizes || (l1 == 0 && l2 == 0))
        {
            return;
        }

        Shape shape = activity.Shape;
        List<Value> operands = [activity];
        Expr term = (Expr.Call("Abs", Expr.In(0)) * l1) + (Expr.In(0) * Expr.In(0) * l2);
        foreach ((Dim time, Value mask) in this.state.LengthMasks.Select(p => (p.Key, p.Value)))
        {
            // A layer that is applied to each step has batch and time in one.
            bool isFolded = shape[0] == Dim.Batch * time;
            if (isFolded || (shape.Rank > 1 && shape[1] == time))
            {
                Shape leading = isFolded ? shape.Slice(0, 1) : shape.Slice(0, 2);
                operands.Add(this.Graph.Add(new Reshape(leading + Shape.Of(Enumerable.Repeat((Dim)1, shape.Rank - leading.Rank))), mask));
                term *= Expr.In(operands.Count - 1);
            }
        }

        Value terms = this.Graph.Add(new Reshape(Shape.Of(Dim.Batch, shape.Count.Divide(Dim.Batch)!)), this.Graph.Add(new Map(term), [.. operands]));
        Value sum = this.Graph.Add(new ReduceSum(EquatableArray.Of(1)), terms);
        this.Graph.Penalty = this.Graph.Penalty is { } other ? this.Graph.Add(new Map(Expr.In(0) + Expr.In(1)), other, sum) : sum;
    }

    /// <summary>Adds to the loss what the argument ActivityRegularizer says of a value, where it is given.</summary>
    public void RegularizeActivity(Value activity)
    {
        const string argument = TapeWords.ActivityRegularizer;
        if (this.arguments.Constructor(argument, RegularizerText.Parse) is { } text)
        {
            (double l1, double l2) = RegularizerText.Factors(text)
                ?? throw this.Fail("NG0023", argument, $"{argument} of {this.Place} counts each element by itself: L1, L2 or L1L2, not {text}.");
            this.Penalize(activity, l1, l2);
        }
    }

    /// <summary>What a state will have become so far.</summary>
    public Value Latest(Value state) => this.Graph.Updates.Find(u => u.State == state)?.NewValue ?? state;

    /// <summary>
    /// Replaces a state after each training step, from its latest value (a layer applied twice in a step updates twice, in order).
    /// A frozen layer keeps its states.
    /// </summary>
    public void Update(Value state, Func<Value, Value> next)
    {
        int at = this.Graph.Updates.FindIndex(u => u.State == state);
        Value latest = this.Latest(state);
        Value newValue = next(latest);
        if (this.Live is { } live)
        {
            newValue = this.Graph.Add(new Map(Expr.Call("Where", Expr.In(0), Expr.In(1), Expr.In(2))), live, newValue, latest);
        }

        if (at < 0)
        {
            this.Graph.Updates.Add(new StateUpdate(state, newValue));
        }
        else
        {
            this.Graph.Updates[at] = new StateUpdate(state, newValue);
        }
    }

    /// <summary>Whether the layer starts where the batch before ended.</summary>
    public bool IsStateful => this.state.Carries && this.Boolean("Stateful", false);

    /// <summary>What is taken over from the batch before, sample by sample; it lies outside of the network, and begins as zeros.</summary>
    /// <param name="name">Keras's name of the state: <c>state_h</c>.</param>
    /// <param name="shape">With the batch first.</param>
    public Value Carried(string name, Shape shape)
    {
        string fullName = this.Name + "/" + name;
        return this.Graph.States.All(s => s.Name != fullName) ? this.Graph.State(fullName, shape)
            : throw this.Fail("NG0012", null, $"{this.Place} has Stateful = true, so it cannot be applied again: both places would go on from one state.");
    }

    /// <summary>Says what is taken over to the next batch.</summary>
    public void Carry(Value state, Value next) => this.Graph.Updates.Add(new StateUpdate(state, next));

    /// <summary>Notes that the states <c>mean</c> and <c>variance</c> are measured on data, per position of some axes of the input. Applied again, the layer has the same ones.</summary>
    public void Adapt(IReadOnlyList<int> axes)
    {
        if (this.state.Adaptations.All(a => a.Layer != this.Name))
        {
            this.state.Adaptations.Add(new Adaptation(this.Name, this.X.Shape.Slice(1, this.X.Shape.Rank), axes.Select(a => a - 1).ToEquatableArray()));
        }
    }

    /// <summary>Refuses a value of the layer whose elements cannot be addressed, before they are made.</summary>
    public void CheckSize(Shape shape, string what) => this.state.CheckSize(shape, this, what);

    /// <summary>Random numbers of this layer's own. With a seed of its own they are the same wherever the layer stands, as those of Keras's layers are.</summary>
    public UniformExpr NextUniform()
    {
        List<RandomStream> streams = this.state.RandomStreams;
        long? seed = RandomNumbers.Seed(this);
        int stream = seed is null ? streams.Count : streams.Count(s => s.Layer == this.Name);
        streams.Add(new RandomStream(stream, this.Name, seed));
        return new UniformExpr(stream, seed);
    }

    /// <summary>Names a further output (<c>state_h</c>): the tap <c>layer.state_h</c>.</summary>
    public void Tap(string suffix, Value value, Value? mask = null) => this.Extra.Add(suffix, (value, mask));

    /// <summary>The taps that an argument names, such as <c>InitialState = "encoder"</c>, with their further outputs.</summary>
    public IReadOnlyList<Tap> Taps(string argument) =>
        [.. this.arguments.Texts(argument).Select(n =>
        {
            Tap tap = this.resolve(n);
            tap.Used = true;
            return tap.Value is null ? throw new PoisonException() : tap;
        })];

    /// <summary>The problem that an input does not fit those before it, on the argument that names it; throw it.</summary>
    public ProblemException FailOnInput(int input, string message)
    {
        int named = this.Has("From") ? input - 1 : input;
        return this.Fail("NG0011", named < 0 ? "From" : FormattableString.Invariant($"{TapeWords.MergeInputs}[{named}]"), message);
    }

    /// <summary>The problem on an argument, or on the attribute where it is null; throw it.</summary>
    public ProblemException Fail(string id, string? argument, string message, string? suggestion = null) => this.arguments.Fail(id, argument, message, suggestion);
}
