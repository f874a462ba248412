using NetGen.Generator;
using NetGen.Importing;

namespace NetGen.Onnx;

/// <summary>
/// Writes the tape and knows how the model's axes lie on it. While it is being written every element has a name and names its input; at the end what nobody reads is
/// dropped, and names and inputs that say themselves are left out.
/// </summary>
internal sealed class TapeWriter
{
    private readonly List<Written> written = [];
    private readonly Dictionary<string, ConstantValue> weights = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> stems = new(StringComparer.Ordinal);
    private readonly HashSet<string> names = new(StringComparer.Ordinal);

    /// <param name="inputs">The network's inputs.</param>
    /// <exception cref="ConversionException">One of them cannot be.</exception>
    public TapeWriter(IReadOnlyList<LayerSpec> inputs)
    {
        try
        {
            this.Session = new TapeSession(inputs);
        }
        catch (ArgumentException e)
        {
            throw new ConversionException(e.Message);
        }

        this.names.UnionWith(inputs.Select(i => ((TextValue)i.Find("Name")!.Value).Value));
    }

    public TapeSession Session { get; }

    /// <summary>The weights by their parameters' names.</summary>
    public IReadOnlyDictionary<string, ConstantValue> Weights => this.weights;

    /// <summary>Applies a layer.</summary>
    /// <param name="kind">The attribute.</param>
    /// <param name="inputs">The taps that it takes.</param>
    /// <param name="name">What to call it, or null for Keras's automatic names.</param>
    /// <param name="arguments">Its own arguments.</param>
    /// <returns>The tap's name.</returns>
    public string Apply(string kind, IReadOnlyList<string> inputs, string? name, params (string Name, ArgumentValue Value)[] arguments) =>
        this.Apply(kind, inputs, name, [], arguments);

    /// <summary>Applies a layer with weights.</summary>
    public string Apply(string kind, IReadOnlyList<string> inputs, string? name, IReadOnlyList<(string Name, ConstantValue Value)> weights, params (string Name, ArgumentValue Value)[] arguments)
    {
        Layer layer = LayerTable.Find(kind) ?? throw new ConversionException($"NetGen has no layer {kind}.");
        string unique = this.Unique(name is null ? layer.DefaultName : Clean(name, layer.DefaultName));
        LayerSpec element = new(kind, arguments.Select(a => new ArgumentSpec(a.Name, a.Value)).ToEquatableArray(), 0);
        Written entry = new(element, [.. inputs], unique, layer.Inputs.Most > 1, name is not null || weights.Count > 0);
        if (this.Session.Apply(entry.Full()) is { } problem)
        {
            throw new ConversionException(problem.Message);
        }

        this.written.Add(entry);
        this.names.Add(unique);
        foreach ((string weight, ConstantValue value) in weights)
        {
            this.weights.Add(unique + "/" + weight, value);
        }

        return unique;
    }

    /// <summary>The shape of a tap.</summary>
    public Shape Shape(string tap) => this.Session.Shape(tap) ?? throw new InvalidOperationException(tap);

    /// <summary>A tap whose axes lie as told.</summary>
    public TapValue Value(string tap, IEnumerable<int> axes, DataType type) => new(tap, this.Shape(tap), axes.ToEquatableArray(), type);

    /// <summary>The value with the model's axes on the tape in an order; axes that are not named must be of size 1 and vanish.</summary>
    public TapValue Arrange(TapValue value, IReadOnlyList<int> order)
    {
        value = this.Straighten(value);
        int batch = value.BatchAxis;
        if (batch >= 0 && (order.Count == 0 || order[0] != batch))
        {
            throw new BatchException($"The batch, axis {batch}, would have to move.");
        }

        int front = batch >= 0 ? 0 : 1;
        IReadOnlyList<Size> dims = value.Dims;
        if (value.Order.Except(order).Any(a => !dims[a].IsOne))
        {
            throw new ConversionException($"The axes ({string.Join(", ", dims)}) cannot lie in the order {string.Join(", ", order)}.");
        }

        int[] now = [.. value.Order.Where(a => !dims[a].IsOne)], wanted = [.. order.Where(a => !dims[a].IsOne)];
        string tap = value.Name;
        if (!now.SequenceEqual(wanted))
        {
            // Sizes of 1 go to the end on the way.
            int[] physical = [.. wanted.Select(a => value.Axes[a])];
            int[] permutation = [.. physical.Where(p => p > 0), .. Enumerable.Range(1, value.Physical.Rank - 1).Where(p => !physical.Contains(p))];
            tap = this.Apply("Permute", [tap], null, ("Dims", Integers(permutation)));
        }

        Shape target = Generator.Shape.Of(order.Select(a => dims[a]).Prepend<Size>(Size.Batch).Skip(1 - front));
        tap = this.Reshape(tap, target);
        int[] axes = new int[value.Rank];
        for (int a = 0; a < axes.Length; a++)
        {
            int at = order.ToList().IndexOf(a);
            axes[a] = at < 0 ? -1 : at + front;
        }

        return value with { Name = tap, Physical = target, Axes = axes.ToEquatableArray() };
    }

    /// <summary>The same elements under another shape on the tape, the batch first.</summary>
    public string Reshape(string tap, Shape target)
    {
        if (this.Shape(tap) == target)
        {
            return tap;
        }

        if (target.Rank == 2 && this.Shape(tap).Rank > 2)
        {
            return this.Apply("Flatten", [tap], null);
        }

        int[] sizes = [.. target.Dims.Skip(1).Select(d => d.IsConstant ? checked((int)d.Constant) : -1)];
        return sizes.Count(s => s == -1) > 1 ? throw new ConversionException($"A shape of {target} has two sizes that are known only at run time.")
            : this.Apply("Reshape", [tap], null, ("TargetShape", Integers(sizes)));
    }

    /// <summary>The value with a flattened map in the model's order.</summary>
    public TapValue Straighten(TapValue value)
    {
        if (value.Flattened is not { } flattened)
        {
            return value;
        }

        Shape x = value.Physical;
        Shape map = x.Slice(0, x.Rank - 1) + Generator.Shape.Of(flattened.Sizes.Select(s => (Size)s));
        string tap = this.Reshape(value.Name, map);
        tap = this.Apply("Permute", [tap], null, ("Dims", Integers([.. Enumerable.Range(1, x.Rank - 2), .. flattened.Order.Select(o => o + x.Rank - 1)])));
        return value with { Name = this.Reshape(tap, x), Flattened = null };
    }

    /// <summary>A constant as a tap without a batch, in the order in which its elements are given.</summary>
    public string Constant(ConstantValue constant, string? name)
    {
        const int MostInCode = 8;
        if (constant.Count == 0)
        {
            throw new ConversionException($"A tensor of the shape ({string.Join(", ", constant.Shape)}) has no elements.");
        }

        bool isFloat = constant.Type is DataType.Float or DataType.Float16 or DataType.Double or DataType.Bfloat16;
        if (isFloat ? constant.Count > 1 : constant.Count > MostInCode)
        {
            return this.Apply(
                "Ops.Parameter", [], name ?? constant.Name, [("value", constant)], isFloat ? [("Shape", Integers(constant.Shape))] : [("Shape", Integers(constant.Shape)), ("NonTrainable", new BooleanValue(true))]);
        }

        ArgumentValue values = new ArrayValue(constant.Data().Select(v => (ArgumentValue)new NumberValue(v)).ToEquatableArray());
        bool isImplied = constant.Rank == (constant.Count == 1 ? 0 : 1);
        return this.Apply("Ops.Constant", [], name, isImplied ? [("Values", values)] : [("Values", values), ("Shape", Integers(constant.Shape))]);
    }

    public static ArrayValue Integers(params IEnumerable<int> values) => new(values.Select(v => (ArgumentValue)new IntegerValue(v)).ToEquatableArray());

    /// <summary>One number where all are equal, else the array.</summary>
    public static ArgumentValue Same(IReadOnlyList<int> values) => values.Distinct().Count() == 1 ? new IntegerValue(values[0]) : Integers(values);

    public static ArrayValue Texts(IEnumerable<string> values) => new(values.Select(v => (ArgumentValue)new TextValue(v)).ToEquatableArray());

    /// <summary>The elements and weights that the outputs need.</summary>
    /// <param name="inputs">The inputs, in order.</param>
    /// <param name="outputs">The taps that are outputs, in order.</param>
    /// <exception cref="ConversionException">The model gives a weight another shape than its operator's input asks for.</exception>
    public (IReadOnlyList<ElementSpec> Elements, IReadOnlyList<ImportedTensor> Weights) Finish(IReadOnlyList<LayerSpec> inputs, IReadOnlyList<string> outputs)
    {
        HashSet<string> needed = [.. outputs.Select(Owner)];
        List<Written> live = [];
        foreach (Written entry in this.written.AsEnumerable().Reverse())
        {
            if (needed.Contains(entry.Name))
            {
                live.Add(entry);
                needed.UnionWith(entry.Inputs.Concat(entry.NamedTaps).Select(Owner));
            }
        }

        live.Reverse();
        inputs = [.. inputs.Where(i => needed.Contains(((TextValue)i.Find("Name")!.Value).Value))];
        string? current = inputs.Count == 0 ? null : ((TextValue)inputs[^1].Find("Name")!.Value).Value;
        HashSet<string> kept = [.. outputs.Select(Owner), .. live.Where(w => w.KeepsName).Select(w => w.Name)];
        List<(Written Entry, bool TakesCurrent)> chained = [];
        foreach (Written entry in live)
        {
            bool takesCurrent = !entry.IsMerge && entry.Inputs.Count == 1 && entry.Inputs[0] == current;
            if (!takesCurrent)
            {
                kept.UnionWith(entry.Inputs.Select(Owner));
            }

            kept.UnionWith(entry.NamedTaps.Select(Owner));
            chained.Add((entry, takesCurrent));
            current = entry.Name;
        }

        // A name that Keras's counting would give another layer must not be given to one; then all of that kind keep theirs.
        HashSet<string> takenStems = [.. kept.Select(Stem)];
        List<ElementSpec> elements = [.. inputs];
        foreach ((Written entry, bool takesCurrent) in chained)
        {
            bool isNamed = kept.Contains(entry.Name) || takenStems.Contains(LayerTable.Find(entry.Element.Kind)!.DefaultName);
            elements.Add(entry.Spec(isNamed, !takesCurrent));
        }

        bool isEnd = outputs.Count == 1 && live.Count > 0 && live[^1].Name == outputs[0];
        if (!isEnd)
        {
            elements.AddRange(outputs.Select(o => new LayerSpec("Output", EquatableArray.Of(new ArgumentSpec("From", new TextValue(o))), 0)));
        }

        HashSet<string> names = [.. live.Select(w => w.Name)];
        return (elements, [.. this.Session.Parameters.Where(p => names.Contains(p.Name.Split('/')[0])).Select(p =>
        {
            int[] shape = [.. p.Shape.Dims.Select(d => (int)d.Constant)];
            ConstantValue value = this.weights.TryGetValue(p.Name, out ConstantValue? found) ? found : throw new InvalidOperationException($"The weight '{p.Name}' is missing.");
            return value.Shape.SequenceEqual(shape) ? new ImportedTensor(p.Name, shape, value.Floats)
                : throw new ConversionException($"The weight '{p.Name}' has the shape ({string.Join(", ", value.Shape)}) where {p.Shape} is needed.");
        })]);

        static string Stem(string name) => name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9') is var stem && stem.EndsWith('_') ? stem[..^1] : name;
    }

    /// <summary>The layer of a tap: <c>lstm.state_h</c> is of <c>lstm</c>. Names of layers have no dots here.</summary>
    private static string Owner(string tap) => tap.Split('.')[0];

    /// <summary>A name of the model as one of a layer.</summary>
    private static string Clean(string name, string fallback)
    {
        string clean = NetworkSource.LayerName(string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_'))).Trim('_');
        return clean.Length == 0 ? fallback : clean;
    }

    private string Unique(string stem)
    {
        string name = stem;
        while (this.names.Contains(name))
        {
            int count = this.stems.GetValueOrDefault(stem);
            this.stems[stem] = count + 1;
            name = FormattableString.Invariant($"{stem}_{count + 1}");
        }

        return name;
    }

    private sealed record Written(LayerSpec Element, IReadOnlyList<string> Inputs, string Name, bool IsMerge, bool KeepsName)
    {
        /// <summary>Taps that its arguments name.</summary>
        public IEnumerable<string> NamedTaps => this.Element.Arguments.Where(a => a.Name is "InitialState" or "Lengths")
            .SelectMany(a => a.Value is ArrayValue several ? several.Items.AsEnumerable() : [a.Value]).OfType<TextValue>().Select(t => t.Value);

        public LayerSpec Full() => this.Spec(true, true);

        public LayerSpec Spec(bool isNamed, bool hasInputs)
        {
            List<ArgumentSpec> arguments = [.. this.Element.Arguments];
            if (this.Inputs.Count > 0 && hasInputs)
            {
                arguments.Add(this.IsMerge ? new ArgumentSpec(TapeWords.MergeInputs, Texts(this.Inputs)) : new ArgumentSpec("From", new TextValue(this.Inputs[0])));
            }

            if (isNamed)
            {
                arguments.Add(new ArgumentSpec("Name", new TextValue(this.Name)));
            }

            return this.Element with { Arguments = arguments.ToEquatableArray() };
        }
    }
}
