namespace NetGen.Generator;

/// <summary>
/// A tape that grows element by element and tells the shape of each output at once: how importers write a network whose next attribute depends on what the last one gave.
/// It asks the layers themselves, so that there is no second opinion about shapes.
/// </summary>
internal sealed class TapeSession
{
    private readonly List<ElementSpec> elements = [];
    private readonly TapeBuilder builder;
    private readonly TapeFrame root = new(new TapeScope(null, ""), new SymbolTable(), null, null, null, null);

    /// <param name="inputs">The <c>[Input(...)]</c> elements; all of them, as their times get their names together.</param>
    /// <exception cref="ArgumentException">An input is wrong; the message says how.</exception>
    public TapeSession(IReadOnlyList<LayerSpec> inputs)
    {
        this.builder = new TapeBuilder(new ModelSpec(new TypeSpec("", EquatableArray<string>.Empty, "Network", "public", false), EquatableArray<ArgumentSpec>.Empty, inputs.Cast<ElementSpec>().ToEquatableArray()), training: false, carries: true);
        foreach (LayerSpec input in inputs)
        {
            if (this.Apply(input) is { } problem)
            {
                throw new ArgumentException(problem.Message, nameof(inputs));
            }
        }
    }

    /// <summary>What has been applied, in order.</summary>
    public IReadOnlyList<ElementSpec> Elements => this.elements;

    /// <summary>The name of the output that a next element without <c>From</c> takes.</summary>
    public string? Current => this.root.Current?.Name;

    /// <summary>Applies an element. One with a problem is left out; the tape stays as it was.</summary>
    /// <returns>The first problem, or null.</returns>
    public Problem? Apply(ElementSpec element)
    {
        int known = this.builder.Problems.Count;
        Tap? current = this.root.Current;
        this.builder.Apply(element with { Attribute = this.elements.Count }, this.root);
        if (this.builder.Problems.Count > known)
        {
            this.root.Current = current;
            return this.builder.Problems[known];
        }

        this.elements.Add(element);
        return null;
    }

    /// <summary>The graph so far, by which constants can be evaluated.</summary>
    public Graph Graph => this.builder.Graph;

    /// <summary>The shape of an output by its name (<c>lstm.state_h</c> for a further one), the batch among its sizes as it stands; or null where there is none.</summary>
    public Shape? Shape(string tap) => this.Value(tap)?.Shape;

    /// <summary>An output in the graph by its name; or null where there is none.</summary>
    public Value? Value(string tap)
    {
        if (this.root.Scope.Find(tap) is { } found)
        {
            return found.Value;
        }

        int dot = tap.LastIndexOf('.');
        return dot > 0 && this.root.Scope.Find(tap.Substring(0, dot)) is { } layer && layer.Extra.TryGetValue(tap.Substring(dot + 1), out (Value Value, Value? Mask) extra) ? extra.Value : null;
    }

    /// <summary>Whether an output has a mask: one that a layer made, or that of lengths, which inputs of any time have.</summary>
    public bool HasMask(string tap) => this.root.Scope.Find(tap)?.Mask is not null;

    /// <summary>The parameters so far, with their names and shapes.</summary>
    public IEnumerable<Parameter> Parameters => this.builder.Parameters;
}
