namespace NetGen.Generator.Tests;

/// <summary>Convolutions with filters of each channel's own, and their gradients, over odd maps, channels, strides, dilations and epilogues, against the op in double.</summary>
public sealed class DepthwiseKernelTests
{
    /// <summary>Height, width, channels; kernel; outputs of a channel; strides; dilations; zeros before and after, along both axes.</summary>
    private static readonly (int[] Map, int[] Kernel, int Multiplier, int[] Strides, int[] Dilations, int[] Before, int[] After)[] Shapes =
    [
        ([1, 1, 1], [1, 1], 1, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([1, 1, 17], [3, 3], 1, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([5, 4, 3], [3, 3], 1, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([7, 7, 33], [3, 3], 1, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([7, 7, 160], [3, 3], 1, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([6, 14, 16], [3, 3], 1, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([5, 16, 24], [3, 3], 1, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([4, 29, 1], [3, 2], 1, [1, 1], [1, 1], [1, 0], [1, 1]),
        ([9, 31, 5], [5, 5], 1, [1, 1], [1, 1], [2, 2], [2, 2]),
        ([28, 28, 12], [3, 3], 1, [2, 2], [1, 1], [0, 0], [1, 1]),
        ([15, 15, 17], [3, 3], 1, [2, 2], [1, 1], [1, 1], [1, 1]),
        ([13, 21, 8], [3, 3], 1, [2, 2], [1, 1], [0, 0], [0, 0]),
        ([11, 13, 3], [7, 7], 1, [2, 2], [1, 1], [2, 3], [3, 3]),
        ([9, 22, 6], [3, 3], 1, [3, 4], [1, 1], [1, 1], [1, 1]),
        ([9, 23, 18], [2, 2], 1, [3, 4], [1, 1], [0, 0], [0, 0]),
        ([10, 19, 16], [3, 3], 1, [1, 1], [2, 2], [2, 2], [2, 2]),
        ([10, 9, 4], [2, 3], 1, [1, 1], [3, 2], [0, 0], [0, 0]),
        ([9, 17, 2], [3, 3], 1, [1, 1], [1, 6], [1, 6], [1, 6]),
        ([13, 12, 20], [3, 3], 1, [2, 2], [2, 2], [2, 2], [2, 2]),
        ([4, 5, 34], [3, 3], 1, [1, 1], [1, 1], [2, 0], [0, 2]),
        ([3, 3, 7], [2, 2], 1, [1, 1], [1, 1], [2, 2], [1, 2]),
        ([1, 40, 9], [1, 11], 1, [1, 1], [1, 1], [0, 10], [0, 0]),
        ([3, 40, 9], [3, 10], 1, [1, 2], [1, 1], [1, 4], [1, 4]),
        ([20, 1, 47], [4, 1], 1, [2, 1], [1, 1], [0, 0], [0, 0]),
        ([8, 7, 3], [3, 3], 2, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([8, 9, 17], [3, 3], 2, [2, 2], [1, 1], [0, 0], [1, 1]),
        ([5, 6, 11], [2, 3], 5, [1, 1], [1, 1], [0, 1], [0, 1]),
        ([4, 3, 32], [3, 3], 4, [1, 1], [1, 1], [1, 1], [1, 1]),
    ];

    private static readonly (string Name, Func<Graph, Value, Value, Value, Value> Apply)[] Epilogues =
    [
        ("none", (g, y, row, full) => y),
        ("bias and relu6", (g, y, row, full) => g.Add(new Map(Expr.Call("Min", Expr.Call("Relu", Expr.In(0) + Expr.In(1)), 6)), y, row)),
        ("row and residual", (g, y, row, full) => g.Add(new Map(Expr.Call("Max", (Expr.In(2) * Expr.In(0)) + Expr.In(1), 0.25 * Expr.In(0))), y, row, full)),
        ("gate", (g, y, row, full) => g.Add(new Map(Expr.In(0) * Expr.Call("Greater", Expr.In(1), 0.5)), y, full)),
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        for (int i = 0; i < Shapes.Length; i++)
        {
            batch.Add($"forward {i}", Forward(i));
            batch.Add($"input gradient {i}", InputGradient(i));
            batch.Add($"filter gradient {i}", FilterGradient(i));
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, 3 * Shapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int samples in new[] { 1, 3 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Op);
        }
    }

    [Fact]
    public void None_takes_the_plain_loops() =>
        Assert.All(Batch.Value.Nets, n => Assert.DoesNotContain("Direct_", n.Schedules.Inference.ToString(), StringComparison.Ordinal));

    [Fact]
    public void The_compiler_says_nothing() => Assert.Empty(Batch.Value.Diagnostics);

    private static ConvGeometry Geometry(int i) =>
        new(Shapes[i].Strides.ToEquatableArray(), Shapes[i].Before.ToEquatableArray(), Shapes[i].After.ToEquatableArray(), Shapes[i].Dilations.ToEquatableArray(), Shapes[i].Map[2]);

    private static (Shape X, Shape W) ShapesOf(int i)
    {
        (int[] map, int[] kernel, int multiplier, _, _, _, _) = Shapes[i];
        return (Shape.Of(Dim.Batch, map[0], map[1], map[2]), Shape.Of(kernel[0], kernel[1], 1, map[2] * multiplier));
    }

    private static Graph Forward(int i)
    {
        Graph g = new();
        (Shape shapeX, Shape shapeW) = ShapesOf(i);
        Value y = g.Add(new Conv(Geometry(i)), g.Input("x", TensorType.Float(shapeX)), g.ParameterValue(new Parameter("w", shapeW, "Zeros()", true)));
        Finish(g, y, i);
        return g;
    }

    private static Graph InputGradient(int i)
    {
        Graph g = new();
        (Shape shapeX, Shape shapeW) = ShapesOf(i);
        Value w = g.ParameterValue(new Parameter("w", shapeW, "Zeros()", true));
        Value dy = g.Input("dy", TensorType.Float(Geometry(i).OutputShape(shapeX, shapeW)));
        Finish(g, g.Add(new ConvInputGradient(Geometry(i), shapeX), dy, w), i + 1);
        return g;
    }

    private static Graph FilterGradient(int i)
    {
        Graph g = new();
        (Shape shapeX, Shape shapeW) = ShapesOf(i);
        Value x = g.Input("x", TensorType.Float(shapeX)), dy = g.Input("dy", TensorType.Float(Geometry(i).OutputShape(shapeX, shapeW)));
        g.Outputs.Add(new GraphOutput("y", g.Add(new ConvFilterGradient(Geometry(i), shapeW), x, dy)));
        return g;
    }

    private static void Finish(Graph g, Value y, int i)
    {
        Value row = g.ParameterValue(new Parameter("b", Shape.Of(y.Shape.Last), "Zeros()", true));
        Value full = g.Add(new Map(Expr.Call("Abs", Expr.In(0))), g.Input("z", TensorType.Float(y.Shape)));
        g.Outputs.Add(new GraphOutput("y", Epilogues[i % Epilogues.Length].Apply(g, y, row, full)));
        g.Outputs.Add(new GraphOutput("full", full));
    }
}
