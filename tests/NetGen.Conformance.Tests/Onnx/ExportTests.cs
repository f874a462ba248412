using NetGen.Generator;

namespace NetGen.Conformance.Tests.Onnx;

/// <summary>What the compiler says of a graph in ONNX's words, as ONNX Runtime understands it. Layers are in <see cref="Layers.LayerCaseTests"/>, which exports each of Keras's cases.</summary>
public sealed class ExportTests
{
    public static TheoryData<string> Functions => [.. ScalarTable.All.Select(f => f.Name)];

    [Theory]
    [MemberData(nameof(Functions))]
    public void Every_function_of_the_table(string name)
    {
        ScalarFunction function = ScalarTable.Get(name);
        Random random = new(1);
        Graph graph = new();
        Dictionary<Value, double[]> data = [];
        for (int i = 0; i < function.Arity; i++)
        {
            // Within the domain of every function, whole numbers among them.
            double least = name == "Acosh" ? 1 : name is "Log" or "Sqrt" or "Pow" or "Fmod" ? 0.25 : name == "Log1p" ? -0.5 : -0.875, most = name == "Acosh" ? 3 : name is "Asin" or "Acos" or "Atanh" ? 0.875 : 2.5;
            Value input = graph.Input("x" + i, TensorType.Float(Shape.Of(NetGen.Generator.Dim.Batch, 5)));
            data[input] = [.. Enumerable.Range(0, 15).Select(k => k % 5 == 4 ? 1.0 : (double)(float)(least + (random.NextDouble() * (most - least))))];
            if (name is "Asin" or "Acos" or "Atanh")
                data[input] = [.. data[input].Select(x => Math.Min(x, 0.875))];
        }

        Value y = graph.Add(new Map(Expr.Call(name, [.. graph.Inputs.Select((_, i) => Expr.In(i))])), [.. graph.Inputs]);
        Assert.Null(Difference(graph, y, data));
    }

    [Fact]
    public void A_truth_is_a_number_where_a_number_is_meant()
    {
        Graph graph = new();
        Value x = graph.Input("x", TensorType.Float(Shape.Of(NetGen.Generator.Dim.Batch, 3)));
        Expr isPositive = Expr.Call("Greater", Expr.In(0), 0);
        Value y = graph.Add(new Map((isPositive * 2) + Expr.Call("Where", isPositive, Expr.In(0), Expr.Call("Where", Expr.In(0) + 1, 3, 4))), x);
        Assert.Null(Difference(graph, y, new() { [x] = [-1, 0, 1, 2, -2, 0.5, 3, -1, 9] }));
    }

    /// <summary>What goes along an axis by numbers, or gives such.</summary>
    private static readonly (Op Op, NetGen.Generator.Dim[] Indices)[] AlongAxes =
    [
        (new ReduceMin(EquatableArray.Of(1)), []),
        (new ReduceProd(EquatableArray.Of(1, 2), KeepDims: true), []),
        (new ArgMax(2), []),
        (new ArgMax(1, IsMinimum: true, SelectLast: true), []),
        (new CumSum(1), []),
        (new CumSum(2, IsExclusive: true, IsReverse: true), []),
        (new GatherAxis(1), [2, 3]),
        (new GatherAxis(2, IsPerSample: true), [NetGen.Generator.Dim.Batch, 2, 2]),
        (new GatherElements(1), [NetGen.Generator.Dim.Batch, 3, 5]),
    ];

    public static TheoryData<int> OpsAlongAxes => [.. Enumerable.Range(0, AlongAxes.Length)];

    [Theory]
    [MemberData(nameof(OpsAlongAxes))]
    public void Every_op_along_an_axis(int index)
    {
        (Op op, NetGen.Generator.Dim[] indices) = AlongAxes[index];
        Random random = new(2);
        Graph graph = new();
        Value x = graph.Input("x", TensorType.Float(Shape.Of(NetGen.Generator.Dim.Batch, 4, 5)));
        Dictionary<Value, double[]> data = new() { [x] = [.. Enumerable.Range(0, 60).Select(_ => (double)(float)((random.NextDouble() * 4) - 2))] };
        List<Value> inputs = [x];
        if (indices.Length > 0)
        {
            inputs.Add(graph.Input("indices", TensorType.Float(Shape.Of(indices))));
            data[inputs[1]] = [.. Enumerable.Range(0, DoubleTensor.CountOf(inputs[1].Shape.Evaluate(new Dictionary<string, long> { ["n"] = 3 }))).Select(i => (double)((i * 3 % 8) - 4))];
        }

        Assert.Null(Difference(graph, graph.Add(op, [.. inputs]), data));
    }

    [Fact]
    public void Maps_stay_channels_first_between_convolutions()
    {
        string text = Text(TapeOf(("Input", [("Shape", Of(8, 8, 3))]),
            ("Conv2D", [("Filters", Of(4)), ("KernelSize", Of(3))]),
            ("BatchNormalization", []),
            ("ReLU", []),
            ("MaxPooling2D", []),
            ("Conv2D", [("Filters", Of(5)), ("KernelSize", Of(2))])));
        Assert.Equal(2, text.Split('\n').Count(l => l.Contains(" Transpose ", StringComparison.Ordinal)));
        Assert.Contains(" BatchNormalization ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LSTM")]
    [InlineData("GRU")]
    [InlineData("SimpleRNN")]
    public void Recurrent_layers_have_their_own_operator(string kind)
    {
        string text = Text(TapeOf(("Input", [("Shape", Of(-1, 3))]), (kind, [("Units", Of(4)), ("Bidirectional", new EnumValue("Merge", "Concat"))])));
        string op = kind == "SimpleRNN" ? "RNN" : kind;
        Assert.Equal(2, text.Split('\n').Count(l => l.Contains($" {op} (", StringComparison.Ordinal)));
        Assert.DoesNotContain(" Scan ", text, StringComparison.Ordinal);
    }

    /// <summary>Which ONNX Runtime computes otherwise than ONNX's formulas say, where the state is beyond the limits.</summary>
    [Fact]
    public void An_LSTM_whose_state_is_clipped_is_written_out()
    {
        Graph graph = Tape.Build(TapeOf(("Input", [("Shape", Of(6, 3))]), ("Ops.LSTM", [("Units", Of(4)), ("Clip", new NumberValue(0.1))])), training: false).Graph;
        Assert.Contains(" Scan ", OnnxLowering.Text(graph)!, StringComparison.Ordinal);
        Random random = new(3);
        Dictionary<string, long> sizes = new() { ["n"] = 3 };
        Interpreter interpreter = new(sizes);
        foreach (Value value in graph.Inputs.Concat(graph.Parameters))
            interpreter.Set(value, [.. Enumerable.Range(0, DoubleTensor.CountOf(value.Shape.Evaluate(sizes))).Select(_ => (double)(float)(random.NextDouble() - 0.25))]);
        interpreter.Run(graph);
        Assert.Null(ExportedGraph.Difference(graph, sizes, interpreter));
    }

    private static string? Difference(Graph graph, Value y, Dictionary<Value, double[]> data)
    {
        graph.Outputs.Add(new GraphOutput("y", y));
        Dictionary<string, long> sizes = new() { ["n"] = 3 };
        Interpreter interpreter = new(sizes);
        foreach ((Value value, double[] numbers) in data)
            interpreter.Set(value, numbers);
        interpreter.Run(graph);
        return ExportedGraph.Difference(graph, sizes, interpreter);
    }

    private static string Text(ModelSpec model)
    {
        TapeResult tape = Tape.Build(model, training: false);
        Assert.Empty(tape.Problems);
        return OnnxLowering.Text(tape.Graph)!;
    }

    private static ArgumentValue Of(params long[] values) => values.Length == 1 ? new IntegerValue(values[0]) : new ArrayValue(values.Select(v => (ArgumentValue)new IntegerValue(v)).ToEquatableArray());

    private static ModelSpec TapeOf(params (string Kind, (string Name, ArgumentValue Value)[] Arguments)[] layers) => new(
        new TypeSpec("", EquatableArray<string>.Empty, "Network", "public", false),
        EquatableArray<ArgumentSpec>.Empty,
        layers.Select((l, i) => (ElementSpec)new LayerSpec(l.Kind, l.Arguments.Select(a => new ArgumentSpec(a.Name, a.Value)).ToEquatableArray(), i)).ToEquatableArray());
}
