using NetGen.Generator;
using NetGen.Onnx.Proto;

namespace NetGen.Onnx;

/// <summary>What the conversion of a node works with: its inputs and attributes, the tape, and where its outputs go.</summary>
internal sealed class NodeContext
{
    private readonly GraphConversion conversion;
    private readonly IReadOnlyList<TapValue?>? taps;
    private NodeProto last;

    /// <param name="conversion">The graph around it.</param>
    /// <param name="node">The node.</param>
    /// <param name="taps">Where constants are evaluated by the layers themselves: the inputs as outputs on a tape.</param>
    public NodeContext(GraphConversion conversion, NodeProto node, IReadOnlyList<TapValue?>? taps = null)
    {
        this.conversion = conversion;
        this.Node = node;
        this.last = node;
        this.taps = taps;
        this.Writer = conversion.Writer;
    }

    public NodeProto Node { get; }

    public int Opset => this.conversion.Graph.Opset;

    public TapeWriter Writer { get; init; }

    /// <summary>The number of samples for which the model was written; null where it is open or there is no batch.</summary>
    public int? Samples => this.conversion.Samples;

    /// <summary>The model's folder, in which external data lies.</summary>
    public string? Folder => this.conversion.Graph.Folder;

    /// <summary>What is to be called after the node: the node's own name, or its output's.</summary>
    public string Name => this.Node.Name.Length > 0 ? this.Node.Name : this.Node.Output[0];

    /// <summary>The outputs set so far, by their index.</summary>
    public Dictionary<int, TensorValue> Outputs { get; } = [];

    /// <summary>The node whose first output is set with this one's: that of an activation or a bias taken into the layer.</summary>
    public NodeProto Last => this.last;

    /// <summary>The nodes that became a part of this one's layer.</summary>
    public List<NodeProto> Taken { get; } = [];

    public int InputCount => this.Node.Input.Count;

    public bool Has(int input) => input < this.Node.Input.Count && this.Node.Input[input].Length > 0;

    /// <summary>Whether anything takes an output.</summary>
    public bool Needs(int output) => output < this.Node.Output.Count && this.Node.Output[output].Length > 0 && this.conversion.IsNeeded(this.Node.Output[output]);

    public TensorValue Value(int input) => this.taps?[input] ?? this.Raw(input);

    public TensorValue? Optional(int input) => this.Has(input) ? this.Value(input) : null;

    public IReadOnlyList<TensorValue> Values() => [.. Enumerable.Range(0, this.InputCount).Where(this.Has).Select(this.Value)];

    /// <summary>An input that must be known when the model is imported.</summary>
    public ConstantValue Constant(int input) => this.Raw(input) as ConstantValue ?? throw new ConversionException(
        $"its input '{this.Node.Input[input]}' must be constant; a graph's input can be made one by OnnxImportOptions.Constants.");

    public ConstantValue? OptionalConstant(int input) => this.Has(input) ? this.Constant(input) : null;

    public int[] Integers(int input) => Array.ConvertAll(this.Constant(input).Longs(), x => (int)Math.Clamp(x, int.MinValue, int.MaxValue));

    /// <summary>An input on the tape; constants come there without a batch only by <see cref="Elementwise"/> and the like, which broadcast them.</summary>
    public TapValue Tap(int input) => this.Tap(this.Value(input));

    public TapValue Tap(TensorValue value) => this.conversion.OnTape(this.Writer, value);

    /// <summary>A constant on the tape, without a batch.</summary>
    public string ConstantTap(ConstantValue constant) => this.conversion.ConstantTap(this.Writer, constant);

    /// <summary>The same, with a flattened map in the model's order.</summary>
    public TapValue Plain(int input) => this.Writer.Straighten(this.Tap(input));

    public bool HasAttribute(string name) => this.Find(name) is not null;

    public long Integer(string name, long fallback) => this.Find(name, AttributeProto.Types.AttributeType.Int)?.I ?? fallback;

    public long Integer(string name) => this.Find(name, AttributeProto.Types.AttributeType.Int)?.I ?? throw new ConversionException($"its attribute '{name}' is missing.");

    public double Number(string name, double fallback) => this.Find(name, AttributeProto.Types.AttributeType.Float) is { } a ? Shortest(a.F) : fallback;

    public string Text(string name, string fallback) => this.Find(name, AttributeProto.Types.AttributeType.String)?.S.ToStringUtf8() ?? fallback;

    public int[]? Integers(string name) =>
        this.Find(name, AttributeProto.Types.AttributeType.Ints) is { } a ? [.. a.Ints.Select(i => (int)Math.Clamp(i, int.MinValue, int.MaxValue))] : null;

    public double[]? Numbers(string name) => this.Find(name, AttributeProto.Types.AttributeType.Floats) is { } a ? [.. a.Floats.Select(f => Shortest(f))] : null;

    public string[]? Texts(string name) => this.Find(name, AttributeProto.Types.AttributeType.Strings) is { } a ? [.. a.Strings.Select(s => s.ToStringUtf8())] : null;

    public AttributeProto? Find(string name) => this.Node.Attribute.FirstOrDefault(a => a.Name == name);

    /// <summary>An axis of a tensor, not negative.</summary>
    public static int Axis(long axis, int rank) => axis >= -rank && axis < rank ? (int)(axis < 0 ? axis + rank : axis)
        : throw new ConversionException($"the axis {axis} is not one of {rank}.");

    public static int[] Axes(IEnumerable<int> axes, int rank)
    {
        int[] found = [.. axes.Select(a => Axis(a, rank))];
        return found.Distinct().Count() == found.Length ? found : throw new ConversionException($"its axes ({string.Join(", ", axes)}) name one twice.");
    }

    /// <summary>The axis on the tape of a model's axis that must not be the batch.</summary>
    public static int Physical(TapValue value, int axis) =>
        value.Axes[axis] == 0 ? throw new BatchException($"The operator works along axis {axis}, the batch.")
        : value.Axes[axis] > 0 ? value.Axes[axis] : throw new InvalidOperationException("The axis is not on the tape.");

    /// <summary>The value with an axis surely on the tape.</summary>
    public TapValue Show(TapValue value, params IReadOnlyList<int> axes)
    {
        int[] missing = [.. axes.Where(a => value.Axes[a] < 0).Order()];
        return missing.Length == 0 ? value : this.Writer.Arrange(value, [.. value.Order, .. missing]);
    }

    public void Set(TensorValue value) => this.Set(0, value);

    public void Set(int output, TensorValue value) => this.Outputs[output] = value;

    /// <summary>The only node that takes the output, where nothing else does; what it does may become a part of this layer.</summary>
    public NodeProto? Next() => this.taps is not null ? null : this.conversion.OnlyReader(this.last.Output[0]);

    /// <summary>Makes a node that follows a part of this layer: its output is set in place of this one's.</summary>
    public void Take(NodeProto next)
    {
        this.last = next;
        this.Taken.Add(next);
    }

    /// <summary>Whether constants are being evaluated, each node by itself.</summary>
    public bool IsFolding => this.taps is not null;

    /// <summary>The node that makes a value, of ONNX's own operators; null where it is another or none.</summary>
    public NodeContext? Producer(string name) => this.conversion.Producer(name) is { Domain: "" or "ai.onnx", Input.Count: > 0 } node && (node.Input.Count > 1 || node.OpType is not ("Mul" or "Div" or "Add" or "Sub" or "Pow")) ? new NodeContext(this.conversion, node) : null;

    /// <summary>What is normalized in a value.</summary>
    public Normalized? NormalizedAs(string name) => this.conversion.Normalized.GetValueOrDefault(name);

    /// <summary>Keeps in mind what is normalized in this node's output.</summary>
    public void NoteNormalized(Normalized normalized) => this.conversion.Normalized[this.Node.Output[0]] = normalized;

    /// <summary>A value that another node reads, where it is known already.</summary>
    public TensorValue? Known(string name) => this.conversion.Known(name);

    /// <summary>The activation that follows alone, which becomes the layer's own; or null.</summary>
    public string? TakeActivation()
    {
        if (this.Next() is not { } next || Activation(next.OpType) is not { } activation || next.Domain is not ("" or "ai.onnx"))
        {
            return null;
        }

        this.Take(next);
        return activation;
    }

    /// <summary>A constant that is added alone to the output next, which becomes the layer's own bias; or null.</summary>
    /// <param name="features">The axis of the features.</param>
    /// <param name="rank">The output's.</param>
    /// <param name="count">The features.</param>
    public ConstantValue? TakeBias(int features, int rank, int count)
    {
        if (this.Next() is not { OpType: "Add", Domain: "" or "ai.onnx" } next)
        {
            return null;
        }

        string other = next.Input[0] == this.last.Output[0] ? next.Input[1] : next.Input[0];
        if (other == this.last.Output[0] || this.Known(other) is not ConstantValue constant || constant.Rank > rank)
        {
            return null;
        }

        int at = features - (rank - constant.Rank);
        if (constant.Count != count || (count > 1 && (at < 0 || constant.Shape[at] != count)))
        {
            return null;
        }

        this.Take(next);
        return constant.Reshaped([count]);
    }

    /// <summary>A float that was written from a short decimal number as that.</summary>
    public static double Shortest(float value) => double.Parse(value.ToString("R", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);

    private static string? Activation(string op) => op switch
    {
        "Relu" => "ReLU",
        "Sigmoid" => "Sigmoid",
        "Tanh" => "Tanh",
        "Softplus" => "Softplus",
        "Softsign" => "Softsign",
        _ => null,
    };

    /// <summary>An input as the graph has it, also where constants are evaluated on a tape.</summary>
    public TensorValue Raw(int input) => this.Has(input) ? this.conversion.Value(this.Node.Input[input])
        : throw new ConversionException($"its input {input} is missing.");

    private AttributeProto? Find(string name, AttributeProto.Types.AttributeType type)
    {
        AttributeProto? attribute = this.Find(name);
        return attribute is null || attribute.Type == type || attribute.Type == AttributeProto.Types.AttributeType.Undefined ? attribute
            : throw new ConversionException($"its attribute '{name}' is of type {attribute.Type}, not {type}.");
    }
}
