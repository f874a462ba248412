namespace NetGen.Generator.Tests;

/// <summary>Element-wise kernels: every scalar function, random patterns of broadcasting, random numbers.</summary>
public sealed class MapKernelTests
{
    private const int Patterns = 60;
    private static readonly ScalarFunction[] Functions = [.. ScalarTable.All];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        foreach (ScalarFunction function in Functions)
        {
            // The value, and a number times it: comparisons are masks in the one and factors in the other.
            Graph graph = new();
            Value[] inputs = [.. Enumerable.Range(0, 3).Select(i => graph.Input("x" + i, TensorType.Float(Shape.Of(Dim.Batch, 37))))];
            Expr call = function.Apply([.. Enumerable.Range(0, function.Arity).Select(Expr.In)]);
            Node node = graph.AddNode(new Map(EquatableArray.Of(call, call * Expr.In(2), Expr.In(2) + (call * Expr.In(1)))), inputs);
            graph.Outputs.AddRange(node.Outputs.Select((o, i) => new GraphOutput("y" + i, o)));
            batch.Add(function.Name, graph);
        }

        for (int i = 0; i < Patterns; i++)
        {
            batch.Add("broadcasting " + i, Broadcasting(new Random(i)));
        }

        foreach (Dim[] shape in new[] { new Dim[] { Dim.Batch, 5 }, [Dim.Batch, 64], [Dim.Batch, 3, 67] })
        {
            foreach (bool broadcasts in new[] { false, true })
            {
                Graph graph = new();
                Value x = graph.Input("x", TensorType.Float(Shape.Of(shape)));
                Value row = graph.Input("row", TensorType.Float(broadcasts ? Shape.Of(shape[^1]) : Shape.Of(shape)));
                Expr draw = new UniformExpr(4);
                graph.Outputs.Add(new GraphOutput("y", graph.Add(new Map(Expr.Call("Where", Expr.Call("Less", draw, 0.5), Expr.In(0), new UniformExpr(9) * Expr.In(1))), x, row)));
                batch.Add($"random numbers, broadcasting {broadcasts}", graph);
            }
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Functions.Length + Patterns + 6)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int n in new[] { 1, 2, 3, 16, 29 })
        {
            // Where every function is defined.
            NetData data = new(n) { Make = (value, i) => 0.1 + (2 * Differences.Uniform(value.Slot, i)) };
            NetCheck.Inference(Batch.Value.Nets[index], data, NetCheck.Op);
        }
    }

    /// <summary>Two to four inputs whose axes are, each on its own, full, 1 or missing in front.</summary>
    private static Graph Broadcasting(Random random)
    {
        int[] sizes = [1, 2, 3, 5, 15, 16, 17, 33];
        int rank = random.Next(1, 5);
        Dim[] shape = [.. Enumerable.Range(0, rank).Select(i => i == 0 && random.Next(4) > 0 ? Dim.Batch : (Dim)sizes[random.Next(i == rank - 1 ? sizes.Length : 5)])];
        Graph graph = new();
        Value[] inputs = [.. Enumerable.Range(0, random.Next(2, 5)).Select(k =>
        {
            IEnumerable<Dim> dims = shape.Select(d => k > 0 && random.Next(3) == 0 ? (Dim)1 : d);
            return graph.Input("x" + k, TensorType.Float(Shape.Of(dims.Skip(k == 0 ? 0 : random.Next(rank + 1)))));
        })];
        Expr body = inputs.Select((_, i) => Expr.In(i)).Aggregate((a, b) => random.Next(3) switch { 0 => a + b, 1 => a * b, _ => Expr.Call("Max", a, b) - a });
        graph.Outputs.Add(new GraphOutput("y", graph.Add(new Map(body), inputs)));
        return graph;
    }
}
