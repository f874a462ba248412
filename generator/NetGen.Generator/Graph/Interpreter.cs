namespace NetGen.Generator;

/// <summary>
/// Runs a graph in double precision by each op's own evaluation: the reference of every kernel and whole net, the oracle of finite differences,
/// and what folds constants.
/// </summary>
/// <param name="sizes">The numbers of the named symbols: <c>n</c>, <c>t</c>.</param>
/// <param name="random">Uniform numbers by (stream, element); needed only where the graph draws some.</param>
/// <param name="rounds">Rounds every value to single precision, which shows how much rounding matters to a graph.</param>
internal sealed class Interpreter(IReadOnlyDictionary<string, long> sizes, Func<UniformExpr, long, double>? random = null, bool rounds = false)
{
    private readonly Func<UniformExpr, long, double> random = random ?? ((_, _) => throw new InvalidOperationException("The graph draws random numbers, but no source of them was given."));
    private readonly Dictionary<Value, DoubleTensor> values = [];

    /// <summary>What a value was given or came to.</summary>
    public DoubleTensor Get(Value value) =>
        value.Kind == ValueKind.Constant ? new DoubleTensor(value.Shape.Evaluate(sizes), [.. value.Data])
        : value.Kind == ValueKind.Lengths && !this.values.ContainsKey(value) ? this.AllSteps(value)
        : this.values[value];

    /// <summary>Gives an input, a parameter or a gradient its elements.</summary>
    public void Set(Value value, double[] data) => this.values[value] = new DoubleTensor(value.Shape.Evaluate(sizes), data);

    /// <summary>Lengths that nobody gave: every step counts.</summary>
    private DoubleTensor AllSteps(Value lengths)
    {
        int[] shape = lengths.Shape.Evaluate(sizes);
        return new DoubleTensor(shape, [.. Enumerable.Repeat((double)sizes[lengths.Name], shape[0])]);
    }

    /// <summary>Evaluates the nodes in order, all or the first <paramref name="count"/>.</summary>
    public void Run(Graph graph, int? count = null)
    {
        foreach (Node node in graph.Nodes.Take(count ?? graph.Nodes.Count))
        {
            DoubleTensor[] outputs = node.Op.Evaluate(new EvaluationContext([.. node.Inputs.Select(this.Get)], sizes, this.random));
            for (int i = 0; i < outputs.Length; i++)
            {
                int[] expected = node.Outputs[i].Shape.Evaluate(sizes);
                if (!expected.SequenceEqual(outputs[i].Shape))
                {
                    throw new InvalidOperationException($"{node.Op} was to give [{string.Join(", ", expected)}] and gave [{string.Join(", ", outputs[i].Shape)}].");
                }

                this.values[node.Outputs[i]] = rounds ? new DoubleTensor(outputs[i].Shape, [.. outputs[i].Data.Select(x => (double)(float)x)]) : outputs[i];
            }
        }
    }
}
