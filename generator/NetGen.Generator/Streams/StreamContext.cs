namespace NetGen.Generator;

/// <summary>What an op is turned from whole sequences to some steps with.</summary>
internal sealed class StreamContext(StreamGraphBuilder builder, Node node)
{
    private Value[]? inputs;

    /// <summary>The graph of a call, under construction.</summary>
    public Graph Graph => builder.Target;

    /// <summary>Steps of each streamed input that a call takes.</summary>
    public int Steps => builder.Steps;

    /// <summary>The node over whole sequences.</summary>
    public Node Node { get; } = node;

    /// <summary>Its inputs within a call.</summary>
    public Value[] Inputs => this.inputs ??= [.. this.Node.Inputs.Select(builder.Take)];

    /// <summary>One of them.</summary>
    public Value Input(int input) => builder.Take(this.Node.Inputs[input]);

    /// <summary>An input over all steps so far along one axis, which is a time.</summary>
    public Value SoFar(int input, int axis) => builder.SoFar(this.Node.Inputs[input], axis);

    /// <summary>Whether an input comes with the steps; the others are the same in every call.</summary>
    public bool IsStreamed(int input) => builder.IsStreamed(this.Node.Inputs[input]);

    /// <summary>Whether a size counts steps of a streamed time.</summary>
    public bool HasTime(Dim dim) => builder.HasTime(dim);

    /// <summary>Whether any of some axes of an input counts steps.</summary>
    public bool HasTime(int input, params int[] axes) => axes.Any(a => this.HasTime(this.Node.Inputs[input].Shape[a]));

    /// <summary>A size within a call.</summary>
    public Dim Now(Dim dim) => builder.Now(dim);

    /// <summary>A shape within a call.</summary>
    public Shape Now(Shape shape) => builder.Now(shape);

    /// <summary>The shape over all steps so far along one axis.</summary>
    public Shape SoFar(Shape shape, int axis) => builder.SoFar(shape, axis);

    /// <summary>How many steps of a time came in the calls before.</summary>
    public Dim Past(Dim dim) => builder.Past(dim);

    /// <summary>Says that there is nothing for more calls than so many.</summary>
    public void AllowCalls(long calls) => builder.MostCalls = calls > 0 ? Math.Min(builder.MostCalls, calls)
        : throw new StreamRefusal($"'{this.Node.Scope}' has fewer positions than a call has steps.");

    /// <summary>The outputs of an op that treats each step alone.</summary>
    public Value[] Apply(Op op) => [.. this.Graph.AddNode(op, this.Inputs).Outputs];

    /// <summary>A value that a call takes over from the one before.</summary>
    /// <param name="name">For people.</param>
    /// <param name="shape">With the batch first, and no time.</param>
    /// <param name="start">What it is before the first call, as a value over whole sequences; zeros where null.</param>
    public Value State(string name, Shape shape, Value? start = null) => builder.State(name, shape, start);

    /// <summary>Says what a state is for the next call.</summary>
    public void Update(Value state, Value next) => this.Graph.Updates.Add(new StateUpdate(state, next));

    /// <summary>Says that a call must take so many steps of what the input is now, or a multiple: a stride gives nothing for fewer.</summary>
    public void TakeMultiple(Dim steps, int multiple)
    {
        if (!steps.IsConstant || steps.Constant % multiple != 0)
        {
            throw new StreamStepsException(multiple / (int)Greatest(steps.IsConstant ? steps.Constant : 1, multiple));
        }

        static long Greatest(long a, long b) => b == 0 ? a : Greatest(b, a % b);
    }
}

/// <summary>A call must take so many times more steps.</summary>
internal sealed class StreamStepsException(int factor) : Exception("A call takes too few steps.")
{
    public int Factor { get; } = factor;
}

/// <summary>A network cannot run step by step.</summary>
internal sealed class StreamRefusal(string message) : Exception(message);
