namespace NetGen.Generator.Tests;

/// <summary>The tiled convolution and its gradients over odd maps, channels, strides, dilations and epilogues, against the op in double.</summary>
public sealed class ConvKernelTests
{
    /// <summary>Height, width, channels; kernel; filters; strides; dilations; zeros before and after, along both axes.</summary>
    private static readonly (int[] Map, int[] Kernel, int Filters, int[] Strides, int[] Dilations, int[] Before, int[] After)[] Shapes =
    [
        ([1, 1, 1], [1, 1], 2, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([1, 1, 5], [3, 3], 17, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([5, 4, 3], [3, 3], 17, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([7, 7, 16], [3, 3], 33, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([7, 7, 8], [3, 3], 32, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([14, 14, 5], [3, 3], 10, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([9, 15, 3], [5, 5], 16, [1, 1], [1, 1], [2, 2], [2, 2]),
        ([4, 29, 2], [3, 2], 40, [1, 1], [1, 1], [1, 0], [1, 1]),
        ([11, 13, 3], [7, 7], 12, [2, 2], [1, 1], [2, 3], [3, 3]),
        ([8, 8, 17], [3, 3], 20, [2, 2], [1, 1], [0, 0], [1, 1]),
        ([6, 5, 49], [1, 1], 31, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([7, 9, 6], [1, 1], 35, [2, 3], [1, 1], [0, 0], [0, 0]),
        ([9, 9, 4], [3, 3], 18, [1, 1], [2, 2], [2, 2], [2, 2]),
        ([10, 8, 7], [2, 3], 9, [1, 1], [3, 2], [0, 0], [0, 0]),
        ([9, 10, 3], [2, 2], 6, [3, 4], [1, 1], [0, 0], [0, 0]),
        ([3, 3, 64], [3, 3], 64, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([6, 7, 32], [3, 3], 32, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([9, 8, 48], [3, 3], 32, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([11, 13, 32], [3, 3], 80, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([4, 5, 64], [3, 3], 32, [1, 1], [1, 1], [2, 0], [0, 2]),
        ([17, 34, 32], [3, 3], 48, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([7, 7, 128], [3, 3], 96, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([8, 9, 16], [3, 3], 16, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([12, 12, 32], [5, 5], 64, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([9, 7, 16], [5, 5], 48, [1, 1], [1, 1], [2, 2], [2, 2]),
        ([8, 11, 80], [5, 5], 16, [1, 1], [1, 1], [4, 0], [3, 2]),
        ([8, 8, 144], [3, 3], 112, [1, 1], [1, 1], [1, 1], [1, 1]),
        ([1, 31, 9], [1, 4], 23, [1, 1], [1, 1], [0, 3], [0, 0]),
        ([20, 1, 2], [4, 1], 47, [2, 1], [1, 1], [0, 0], [0, 0]),
        ([7, 7, 24], [7, 7], 40, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([1, 1, 70], [1, 1], 33, [2, 1], [1, 1], [0, 0], [0, 0]),
        ([1, 1, 9], [3, 3], 18, [1, 1], [2, 2], [2, 2], [2, 2]),
        ([5, 1, 4], [5, 1], 1, [3, 1], [1, 2], [0, 0], [0, 0]),
        ([14, 14, 33], [3, 3], 32, [2, 2], [1, 1], [0, 0], [1, 1]),
        ([15, 13, 48], [3, 3], 17, [2, 3], [1, 1], [1, 1], [1, 1]),
        ([9, 31, 3], [4, 5], 16, [2, 2], [1, 1], [1, 2], [1, 2]),
        ([7, 56, 32], [1, 1], 64, [2, 2], [1, 1], [0, 0], [0, 0]),
        ([3, 2, 1], [3, 2], 5, [4, 3], [1, 1], [0, 0], [1, 1]),
        ([8, 7, 18], [3, 3], 20, [2, 2], [2, 2], [2, 2], [2, 2]),
        ([6, 30, 10], [2, 2], 35, [1, 2], [1, 1], [1, 0], [0, 0]),
        ([8, 8, 16], [2, 2], 32, [2, 2], [1, 1], [2, 2], [2, 2]),
        ([5, 7, 64], [1, 1], 40, [1, 1], [1, 1], [0, 0], [0, 0]),
        ([9, 14, 192], [1, 1], 96, [1, 2], [1, 1], [0, 0], [0, 0]),
        ([1, 31, 128], [1, 1], 33, [1, 1], [1, 1], [0, 0], [0, 0]),
    ];

    private static readonly (string Name, Func<Graph, Value, Value, Value, Value> Apply)[] Epilogues =
    [
        ("none", (g, y, row, full) => y),
        ("bias", (g, y, row, full) => g.Add(new Map(Expr.In(0) + Expr.In(1)), y, row)),
        ("bias relu", (g, y, row, full) => g.Add(new Map(Expr.Call("Relu", Expr.In(0) + Expr.In(1))), y, row)),
        ("row and residual", (g, y, row, full) => g.Add(new Map(Expr.Call("Max", (Expr.In(2) * Expr.In(0)) + Expr.In(1), 0.25 * Expr.In(0))), y, row, full)),
        // It keeps the size of the sum, to which the tolerance is relative.
        ("a costly function stays outside", (g, y, row, full) => g.Add(new Map(16 * Expr.Call("Tanh", 0.0625 * (Expr.In(0) + Expr.In(1)))), y, row)),
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() =>
    {
        EmittedBatch batch = new();
        for (int i = 0; i < Shapes.Length; i++)
        {
            batch.Add($"forward {i}", Forward(i));
            batch.Add($"input gradient {i}", Gradient(i, isInput: true));
            batch.Add($"filter gradient {i}", Gradient(i, isInput: false));
            batch.Add($"moments {i}", Forward(i, hasMoments: true));
        }

        return batch.Compile();
    });

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, 4 * Shapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_op(int index)
    {
        foreach (int samples in new[] { 1, 2, 5 })
        {
            NetCheck.Inference(Batch.Value.Nets[index], new NetData(samples), NetCheck.Op);
        }
    }

    /// <summary>Tiles of every form leave the moments of what they write; a pass of its own is for blocks of few pixels and what has no tiles.</summary>
    [Fact]
    public void Moments_ride_on_the_convolution_over_enough_pixels()
    {
        for (int i = 0; i < Shapes.Length; i++)
        {
            List<Kernel> kernels = [.. Batch.Value.Nets[(4 * i) + 3].Schedules.Inference.Kernels];
            Kernel[] makers = [.. kernels.Where(k => k is ConvKernel { HasMoments: true } or WinogradKernel { HasMoments: true })];
            Assert.Equal(makers.Length == 0, kernels.OfType<RuntimeKernel>().Any(k => k.Method == "ChannelStatistics.Partials"));
            long width = Geometry(i).OutputShape(ShapesOf(i).X, ShapesOf(i).W)[2].Constant;
            // What makes the result is the tiles, unless a map stays outside.
            bool isTiled = Shapes[i].Filters > 1 && kernels.OfType<MapKernel>().Count() == 1;
            Assert.Equal(width >= 8 && isTiled, width >= 8 && makers.Length == 1);
            Assert.All(makers, k => Assert.Contains("in the epilogue, because", k.Summary));
        }

        string[] forms = [.. Batch.Value.Nets.SelectMany(n => n.Schedules.Inference.Kernels).OfType<WinogradKernel>().Where(k => k.HasMoments).Select(k => k.Form.Suffix).Distinct()];
        Assert.Equal(["2x3", "2x5", "4x3"], forms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Filter_gradients_of_single_elements_pack_both_operands()
    {
        int[] packed = [.. Enumerable.Range(0, Shapes.Length).Where(i => Batch.Value.Nets[(4 * i) + 2].Schedules.Inference.Kernels.Any(k => k is ConvFilterGradientKernel or WeightGradientKernel && k.Summary.Contains("in pieces", StringComparison.Ordinal)))];
        Assert.Equal([36, 41, 42, 43], packed);
    }

    /// <summary>Without the forms that round more, a convolution rounds as little as a sum.</summary>
    [Theory]
    [InlineData(19, "Winograd2x3")]
    [InlineData(18, "Winograd2x3")]
    [InlineData(25, "Conv_")]
    public void High_precision_forbids_forms_of_six_factors(int index, string kernel)
    {
        EmittedBatch batch = new();
        foreach (Graph graph in new[] { Forward(index), Gradient(index, isInput: true), Gradient(index, isInput: false) })
        {
            batch.Add($"precise {index}", graph, isPrecise: true);
        }

        batch.Compile();
        Assert.All(batch.Nets, n => Assert.DoesNotContain(n.Schedules.Inference.Kernels, k => k is WinogradKernel { Form.Factors: > 4 } or WinogradFilterGradientKernel { Form.Factors: > 4 }));
        Assert.Contains(batch.Nets[0].Schedules.Inference.Kernels, k => k.Name.StartsWith(kernel, StringComparison.Ordinal));
        Assert.All(batch.Nets, n => NetCheck.Inference(n, new NetData(2), NetCheck.Op / 10));
    }

    private static ConvGeometry Geometry(int i) =>
        new(Shapes[i].Strides.ToEquatableArray(), Shapes[i].Before.ToEquatableArray(), Shapes[i].After.ToEquatableArray(), Shapes[i].Dilations.ToEquatableArray(), 1);

    private static (Shape X, Shape W) ShapesOf(int i)
    {
        (int[] map, int[] kernel, int filters, _, _, _, _) = Shapes[i];
        return (Shape.Of(Dim.Batch, map[0], map[1], map[2]), Shape.Of(kernel[0], kernel[1], map[2], filters));
    }

    private static Graph Forward(int i, bool hasMoments = false)
    {
        Graph g = new();
        (Shape shapeX, Shape shapeW) = ShapesOf(i);
        Value x = g.Input("x", TensorType.Float(shapeX));
        Value w = g.ParameterValue(new Parameter("w", shapeW, "Zeros()", true));
        Finish(g, g.Add(new Conv(Geometry(i)), x, w), i, hasMoments);
        return g;
    }

    private static void Finish(Graph g, Value y, int i, bool hasMoments = false)
    {
        Value row = g.ParameterValue(new Parameter("b", Shape.Of(y.Shape.Last), "Zeros()", true));
        Value z = g.Input("z", TensorType.Float(y.Shape));
        Value full = g.Add(new Map(Expr.Call("Abs", Expr.In(0))), z);
        Value result = Epilogues[i % Epilogues.Length].Apply(g, y, row, full);
        g.Outputs.Add(new GraphOutput("y", result));
        g.Outputs.Add(new GraphOutput("full", full));
        if (hasMoments)
        {
            Node moments = g.AddNode(new Moments(), result);
            g.Outputs.Add(new GraphOutput("mean", moments.Outputs[0]));
            g.Outputs.Add(new GraphOutput("variance", moments.Outputs[1]));
        }
    }

    private static Graph Gradient(int i, bool isInput)
    {
        Graph g = new();
        (Shape shapeX, Shape shapeW) = ShapesOf(i);
        Value x = g.Input("x", TensorType.Float(shapeX));
        Value w = g.ParameterValue(new Parameter("w", shapeW, "Zeros()", true));
        Value dy = g.Add(new Map(Expr.Call("Abs", Expr.In(0))), g.Input("dy", TensorType.Float(Geometry(i).OutputShape(shapeX, shapeW))));
        if (isInput)
        {
            Finish(g, g.Add(new ConvInputGradient(Geometry(i), shapeX), dy, w), i + 3);
        }
        else
        {
            g.Outputs.Add(new GraphOutput("y", g.Add(new ConvFilterGradient(Geometry(i), shapeW), x, dy)));
        }

        return g;
    }
}
