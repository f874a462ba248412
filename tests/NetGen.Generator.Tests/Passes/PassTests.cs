namespace NetGen.Generator.Tests;

/// <summary>A pass changes how a graph computes, not what.</summary>
public sealed class PassTests
{
    private static readonly string[] Tapes =
    [
        "[Input(13), Dense(9, Activation = Activation.ReLU), BatchNormalization, Dropout(0.4), Dense(4, Activation = Activation.Softmax)]",
        "[Input(3, 5), Dense(6, Activation = Activation.LeakyReLU), LayerNormalization, Flatten, Dense(4), BatchNormalization(Scale = false), Dense(2, Activation = Activation.Sigmoid)]",
        "[Input(8, Name = \"x\"), Dense(8), BatchNormalization(Center = false), ELU(Name = \"a\"), Add(\"x\", \"a\"), Dense(3)]",
        "[Input(6, 5, 3), Conv2D(4, 3, UseBias = false), BatchNormalization, ReLU, DepthwiseConv2D(2, UseBias = false), BatchNormalization(Name = \"a\"), Conv2D(4, 1, Name = \"b\"), Add(\"a\", \"b\"), ReLU, BatchNormalization]",
        "[Input(5, 4, 3), Conv2D(3, 1, UseBias = false), ZeroPadding2D(1, 0, 2, 1), Conv2D(4, 3, Strides = 2, Activation = Activation.Tanh), ZeroPadding2D(2), DepthwiseConv2D(3), Conv2DTranspose(2, 3, UseBias = false), Cropping2D(1, 2)]",
    ];

    public static TheoryData<int, string> Cases => [.. from tape in Enumerable.Range(0, Tapes.Length) from pass in PassList.All select new TheoryDataRow<int, string>(tape, pass.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Leaves_every_result_as_it_is(int tape, string pass)
    {
        foreach (bool training in new[] { false, true })
        {
            Graph graph = TapeText.Graph(Tapes[tape], training: training);
            if (training)
            {
                TrainingGraph.AppendGradients(graph);
            }

            // Each pass meets what those before it made.
            Graph before = PassList.All.TakeWhile(p => p.Name != pass).Aggregate(graph, (g, p) => p.Rewrite(g));
            Same(before, PassList.All.Single(p => p.Name == pass).Rewrite(before));
        }
    }

    [Fact]
    public void Zeros_around_a_map_become_the_convolutions_own()
    {
        Graph graph = TapeText.Graph(Tapes[^1], training: true);
        TrainingGraph.AppendGradients(graph);
        Assert.DoesNotContain(PassList.Run(graph).Nodes.Select(n => n.Op), op => op is Slice or Pad);
        Assert.DoesNotContain(PassList.Run(TapeText.Graph(Tapes[^1])).Nodes.Select(n => n.Op), op => op is Slice or Pad);
    }

    [Theory]
    [InlineData("[Input(9, 8, 3), Conv2D(4, 1, Activation = Activation.ReLU), ZeroPadding2D(1), MaxPooling2D(3, Strides = 2), Flatten, Dense(2)]", 0)]
    [InlineData("[Input(9, 8, 3), Conv2D(4, 1), ReLU, ZeroPadding2D(1, 0, 1, 0), MaxPooling2D(3, Padding = Padding.Same), Flatten, Dense(2)]", 0)]
    [InlineData("[Input(9, 8, 3), Conv2D(4, 1), ZeroPadding2D(1), MaxPooling2D(3), Flatten, Dense(2)]", 2)]
    [InlineData("[Input(9, 8, 3), Conv2D(4, 1, Activation = Activation.ReLU), ZeroPadding2D(2), MaxPooling2D(2), Flatten, Dense(2)]", 2)]
    public void Zeros_around_what_a_relu_gave_count_for_nothing_in_a_maximum(string tape, int pads)
    {
        Graph graph = TapeText.Graph(tape, training: true);
        TrainingGraph.AppendGradients(graph);
        Graph after = PassList.Run(graph);
        Assert.Equal(pads, after.Nodes.Count(n => n.Op is Pad));
        Assert.Equal(pads, after.Nodes.Count(n => n.Op is Slice));
        Same(graph, after);
    }

    [Theory]
    [InlineData("[Input(5, Type = ElementType.Int32), Embedding(7, 6), Dense(4)]", false, 0)]
    [InlineData("[Input(5, Type = ElementType.Int32), Embedding(7, 6), LSTM(3)]", false, 0)]
    [InlineData("[Input(5, Type = ElementType.Int32), Embedding(25, 6), Dense(4)]", false, 1)]
    [InlineData("[Input(5, Type = ElementType.Int32), Embedding(7, 6, Name = \"e\"), Dense(6), Add(\"e\", \"dense\")]", false, 1)]
    [InlineData("[Input(5, Type = ElementType.Int32), Embedding(7, 6), Dense(4)]", true, 1)]
    public void Rows_of_a_small_table_are_multiplied_once(string tape, bool training, int products)
    {
        Graph graph = TapeText.Graph(tape, training: training);
        if (training)
        {
            TrainingGraph.AppendGradients(graph);
        }

        Graph after = PassList.Run(graph);
        Phases phases = new(after);
        Assert.Equal(products, after.Nodes.Count(n => phases[n] == Phase.Forward && n.Op is MatMul));
        Same(graph, after, new NetData(3) { Make = (value, i) => value.Kind == ValueKind.Input ? i % 7 : null });
    }

    [Fact]
    public void A_dense_layer_on_sequences_takes_bias_and_activation_into_the_product()
    {
        Graph graph = PassList.Run(TapeText.Graph("[Input(3, 5), Dense(6, Activation = Activation.ReLU), Dense(4)]"));
        Assert.Equal(2, graph.Nodes.Count(n => n.Op is Map));
    }

    [Fact]
    public void A_BatchNormalization_behind_a_dense_layer_is_one_multiply_add() =>
        IsOneMap("[Input(5), Dense(6), BatchNormalization, ReLU]", "Map[Relu(Add(Mul(x0, x1), x2))]");

    [Theory]
    [InlineData("[Input(6, 6, 3), Conv2D(5, 3, UseBias = false), BatchNormalization, ReLU]", "Map[Relu(Add(Mul(x0, x1), x2))]")]
    [InlineData("[Input(6, 6, 3), DepthwiseConv2D(3), BatchNormalization, ReLU6]", "Map[Min(Max(Add(Mul(x0, x1), x2), 0), 6)]")]
    [InlineData("[Input(6, 6, 3, Name = \"x\"), Conv2D(3, 1), BatchNormalization(Scale = false), Add(\"x\", \"batch_normalization\"), ReLU]", "Map[Relu(Add(x0, Add(Mul(x1, x2), x3)))]")]
    public void A_BatchNormalization_behind_a_convolution_is_one_multiply_add(string tape, string expected) => IsOneMap(tape, expected);

    /// <summary>There is one map behind the product, which reads the weights as they are.</summary>
    private static void IsOneMap(string tape, string expected)
    {
        Graph graph = PassList.Run(TapeText.Graph(tape));
        Phases phases = new(graph);
        Node map = Assert.Single(graph.Nodes, n => phases[n] == Phase.Forward && n.Op is Map);
        Assert.Equal(expected, map.Op.ToString());
        Value weights = Assert.Single(graph.Nodes, n => n.Op is MatMul or Conv).Inputs[1];
        Assert.Equal(ValueKind.Parameter, (weights.Producer is { Op: Reshape } reshape ? reshape.Inputs[0] : weights).Kind);
    }

    [Fact]
    public void A_map_that_draws_and_broadcasts_is_split()
    {
        Graph graph = new();
        Value x = graph.Input("x", TensorType.Float(Shape.Of(Dim.Batch, 3, 5))), scale = graph.Input("s", TensorType.Float(Shape.Of(Dim.Batch, 1, 5)));
        graph.Outputs.Add(new GraphOutput("y", graph.Add(new Map(Expr.In(0) * Expr.In(1) * new UniformExpr(2)), x, scale)));
        Graph split = PassList.Run(graph);
        Assert.Equal(2, split.Nodes.Count);
        Same(graph, split);
    }

    private static void Same(Graph before, Graph after) => Same(before, after, new NetData(3));

    private static void Same(Graph before, Graph after, NetData data)
    {
        Reference expected = Reference.Run(before, data), actual = Reference.Run(after, data);
        Value[] a = [.. before.Roots()], b = [.. after.Roots()];
        Assert.Equal(a.Length, b.Length);
        for (int i = 0; i < a.Length; i++)
        {
            Assert.Equal(a[i].Shape, b[i].Shape);
            NetCheck.Near(expected[a[i]], actual[b[i]], 1e-9, $"root {i}");
        }
    }
}
