using System.Globalization;
using System.Text;

namespace NetGen.Generator;

/// <summary>
/// The text of an ONNX graph, a line for each input, weight, constant, node and output: what the runtime's exporter makes a file of. Weights are named, not held, with the steps from Keras's
/// layout to ONNX's.
/// </summary>
internal sealed class OnnxWriter
{
    /// <summary>The ONNX operator set whose meaning the nodes have.</summary>
    public const int Opset = 17;

    private readonly StringBuilder text = new();
    private readonly HashSet<string> names;
    private readonly Dictionary<string, string> shared;
    private readonly OnnxWriter? outer;
    private int count;

    public OnnxWriter()
    {
        this.names = [];
        this.shared = [];
    }

    private OnnxWriter(OnnxWriter outer)
    {
        this.outer = outer;
        this.names = outer.names;
        this.shared = [];
    }

    /// <summary>The name of the layer for which nodes are written.</summary>
    public string Scope { get; set; } = "";

    public override string ToString() => this.text.ToString();

    /// <summary>A writer for the body of a loop, which may name what stands around it.</summary>
    public OnnxWriter Body() => new(this) { Scope = this.Scope };

    /// <summary>Keeps a name for an output.</summary>
    public void Reserve(string name) => this.names.Add(name);

    public string Input(string name, string type, Shape shape)
    {
        string unique = this.Unique(name);
        this.Line($"input {Quoted(unique)} {type}{Dims(shape)}");
        return unique;
    }

    public void Output(string name, string value, string type, Shape shape) => this.Line($"output {Quoted(name)} {Quoted(value)} {type}{Dims(shape)}");

    /// <summary>A weight, from Keras's layout by steps such as <c>reshape 3 3 8 4</c>, <c>transpose 3 2 0 1</c>, <c>take 1 : 0 3 1 2</c> (slices of an axis in another order).</summary>
    public string Weight(string parameter, string steps) => this.Shared("weight " + Quoted(parameter) + (steps.Length > 0 ? " " + steps : ""), parameter);

    public string Floats(IReadOnlyList<double> values, params long[] shape) => this.Constant("float", values.Select(v => Text((float)v)), shape);

    public string Integers(IReadOnlyList<long> values, params long[] shape) => this.Constant("int64", values.Select(v => v.ToString(CultureInfo.InvariantCulture)), shape);

    /// <summary>A list of integers, as shapes and axes are given.</summary>
    public string Vector(IEnumerable<long> values) => values.ToArray() is var array ? this.Integers(array, array.Length) : "";

    public string Scalar(double value) => this.Floats([value]);

    /// <summary>A node with one output.</summary>
    public string Node(string op, IEnumerable<string> inputs, params string[] attributes) => this.Nodes(op, inputs, 1, attributes)[0];

    /// <summary>A node with several outputs.</summary>
    public string[] Nodes(string op, IEnumerable<string> inputs, int outputs, params string[] attributes) => this.WriteNode(op, inputs, outputs, null, attributes);

    /// <summary>A node with a graph of its own as its body.</summary>
    public string[] Loop(string op, IEnumerable<string> inputs, int outputs, OnnxWriter body, params string[] attributes) => this.WriteNode(op, inputs, outputs, body, attributes);

    public static string Attribute(string name, long value) => FormattableString.Invariant($"{name}=i{value}");

    public static string Attribute(string name, double value) => $"{name}=f{Text((float)value)}";

    public static string Attribute(string name, IEnumerable<long> values) => $"{name}=I{string.Join(",", values.Select(v => v.ToString(CultureInfo.InvariantCulture)))}";

    public static string Attribute(string name, IEnumerable<double> values) => $"{name}=F{string.Join(",", values.Select(v => Text((float)v)))}";

    public static string Attribute(string name, IEnumerable<string> values) => $"{name}=S{string.Join(",", values)}";

    public static string Attribute(string name, string value) => $"{name}=s{value}";

    private string[] WriteNode(string op, IEnumerable<string> inputs, int outputs, OnnxWriter? body, string[] attributes)
    {
        string[] results = [.. Enumerable.Range(0, outputs).Select(_ => this.Unique(this.Scope.Length == 0 ? op : this.Scope))];
        this.Line($"node {Quoted(this.Scope)} {op} ({string.Join(" ", inputs.Select(Quoted))}) ({string.Join(" ", results.Select(Quoted))}){string.Concat(attributes.Select(a => " " + a))}");
        if (body is not null)
        {
            this.Line("body");
            this.text.Append(body.text);
            this.Line("end");
        }

        return results;
    }

    private string Constant(string type, IEnumerable<string> values, long[] shape) =>
        this.Shared($"constant {type} [{string.Join(" ", shape.Select(s => s.ToString(CultureInfo.InvariantCulture)))}] {string.Join(" ", values)}", "constant");

    /// <summary>What has no inputs stands once, in the outermost graph.</summary>
    private string Shared(string line, string name)
    {
        if (this.outer is not null)
        {
            return this.outer.Shared(line, name);
        }

        if (!this.shared.TryGetValue(line, out string? known))
        {
            this.shared[line] = known = this.Unique(name);
            int space = line.IndexOf(' ');
            this.Line($"{line.Substring(0, space)} {Quoted(known)}{line.Substring(space)}");
        }

        return known;
    }

    private string Unique(string stem)
    {
        string name = stem;
        OnnxWriter root = this;
        while (root.outer is not null)
        {
            root = root.outer;
        }

        while (!this.names.Add(name))
        {
            name = FormattableString.Invariant($"{stem}:{++root.count}");
        }

        return name;
    }

    private void Line(string line) => this.text.Append(line).Append('\n');

    private static string Dims(Shape shape) => string.Concat(shape.Dims.Select(d => " " + Quoted(d.ToString())));

    private static string Text(float value) =>
        float.IsPositiveInfinity(value) ? "inf" : float.IsNegativeInfinity(value) ? "-inf" : float.IsNaN(value) ? "nan" : value.ToString("G9", CultureInfo.InvariantCulture);

    /// <summary>Names hold no quotes and no control characters: the tape refuses them.</summary>
    private static string Quoted(string name) => "\"" + name + "\"";
}
