namespace NetGen.Generator;

/// <summary>
/// One step of a <see cref="Scan"/> as a graph of its own: from the states, this step's slices of the sequences, and what is the same in every step,
/// to the next states and this step's outputs.
/// </summary>
internal sealed class ScanBody
{
    public Graph Graph { get; } = new();

    public List<Value> States { get; } = [];

    public List<Value> Sequences { get; } = [];

    public List<Value> Constants { get; } = [];

    /// <summary>The states behind the step, as many as there are states.</summary>
    public List<Value> Next { get; } = [];

    /// <summary>What is stacked over time. A state as it came in may be one too.</summary>
    public List<Value> Outputs { get; } = [];

    public Value AddState(string name, Shape shape) => this.Add(this.States, name, shape);

    public Value AddSequence(string name, Shape slice) => this.Add(this.Sequences, name, slice);

    public Value AddConstant(string name, Shape shape) => this.Add(this.Constants, name, shape);

    /// <summary>The text form in one line.</summary>
    public override string ToString()
    {
        IEnumerable<string> inputs = this.States.Select(v => $"state {v}").Concat(this.Sequences.Select(v => $"sequence {v}")).Concat(this.Constants.Select(v => $"constant {v}"));
        IEnumerable<string> constants = this.Graph.Values.Where(v => v.Kind == ValueKind.Constant).Select(v => $"{v} = [{string.Join(" ", v.Data)}]");
        IEnumerable<string> nodes = this.Graph.Nodes.Select(n => $"{string.Join(", ", n.Outputs)} = {n.Op}({string.Join(", ", n.Inputs)})");
        return $"{{ {string.Join("; ", inputs.Concat(constants).Concat(nodes))}; next {string.Join(", ", this.Next)}; outputs {string.Join(", ", this.Outputs)} }}";
    }

    private Value Add(List<Value> list, string name, Shape shape)
    {
        Value value = this.Graph.Input(name, TensorType.Float(shape));
        list.Add(value);
        return value;
    }
}
