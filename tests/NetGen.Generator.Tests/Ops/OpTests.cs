namespace NetGen.Generator.Tests;

public sealed class OpTests
{
    public static TheoryData<int, string> Samples
    {
        get
        {
            TheoryData<int, string> data = [];
            for (int i = 0; i < OpSamples.All.Length; i++)
            {
                data.Add(i, OpSamples.All[i].ToString());
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void The_gradient_agrees_with_finite_differences(int index, string name)
    {
        _ = name;
        OpSample sample = OpSamples.All[index];
        Graph graph = new();
        Value[] inputs = [.. sample.Inputs.Select((t, i) => graph.Input("x" + i, t))];
        Node node = graph.AddNode(sample.Op, inputs);
        for (int i = 0; i < node.Outputs.Count; i++)
        {
            graph.Outputs.Add(new GraphOutput("y" + i, node.Outputs[i]));
        }

        Value[] wanted = [.. inputs.Where(v => v.Type.Element == ElementType.Float32)];
        Differences.Check(graph, wanted, OpSamples.Sizes, sample.Data?.ToDictionary(d => inputs[d.Key], d => d.Value));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void What_stands_in_its_place_is_equal(int index, string name)
    {
        _ = name;
        OpSample sample = OpSamples.All[index];
        Graph graph = new();
        Value[] inputs = [.. sample.Inputs.Select((t, i) => graph.Input("x" + i, t))];
        Value y = graph.Add(sample.Op, inputs);
        if (sample.Op.Simplify(graph, inputs) is not { } simpler)
        {
            return;
        }

        Interpreter interpreter = new(OpSamples.Sizes, Differences.Uniform);
        for (int i = 0; i < inputs.Length; i++)
        {
            interpreter.Set(inputs[i], [.. Enumerable.Range(0, Differences.Count(inputs[i], OpSamples.Sizes)).Select(k => Differences.Uniform(i, k))]);
        }

        interpreter.Run(graph);
        Assert.Equal(interpreter.Get(y).Shape, interpreter.Get(simpler).Shape);
        Assert.Equal(interpreter.Get(y).Data, interpreter.Get(simpler).Data);
    }

    [Fact]
    public void Every_op_has_a_sample()
    {
        IEnumerable<Type> ops = typeof(Op).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Op)) && !t.IsAbstract);
        Assert.Empty(ops.Except(OpSamples.All.Select(s => s.Op.GetType())).Select(t => t.Name));
    }

    [Theory]
    [InlineData("MatMul", "(n, 4)", "(n, 3)")]
    [InlineData("Concat", "(n, 2)", "(n, 3, 2)")]
    [InlineData("Slice", "(n, 2)", "ends before")]
    [InlineData("Transpose", "(n, 2)", "permutation")]
    public void Wrong_shapes_are_told(string op, params string[] parts)
    {
        Graph graph = new();
        Value a = graph.Input("a", TensorType.Float(Shape.Of(Dim.Batch, op == "MatMul" ? 4 : 2)));
        Value b = graph.Input("b", TensorType.Float(op == "MatMul" ? Shape.Of(Dim.Batch, 3) : Shape.Of(Dim.Batch, 3, 2)));
        ShapeException e = Assert.Throws<ShapeException>(() => op switch
        {
            "MatMul" => graph.Add(new MatMul(), a, b),
            "Concat" => graph.Add(new Concat(1), a, b),
            "Slice" => graph.Add(new Slice(1, 1, 2), a),
            _ => graph.Add(new Transpose(EquatableArray.Of(0, 0)), a),
        });
        Assert.All(parts, p => Assert.Contains(p, e.Message, StringComparison.Ordinal));
    }
}
