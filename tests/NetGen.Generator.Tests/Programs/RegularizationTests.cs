namespace NetGen.Generator.Tests;

/// <summary>Noise, penalties on activities and spectral normalization: as emitted against the interpreter, and the formulas of the latter two.</summary>
public sealed class RegularizationTests
{
    private static readonly string[] Tapes =
    [
        "[Input(37), GaussianNoise(0.3), Dense(19), GaussianDropout(0.4), Dense(2)]",
        "[Input(5, 21), AlphaDropout(0.2), Dense(17), AlphaDropout(0.4, NoiseShape = new[] { -1, 1, 17 }), GaussianNoise(0.1), Dense(2)]",
        "[Input(37), GaussianNoise(0.3, Seed = 5), Dense(19), Dropout(0.4, Seed = 2147483647), Dropout(0.2), Dense(2)]",
        "[Input(6, 6, 3), RandomFlip(Seed = 3), SpatialDropout2D(0.3, Seed = 3), Flatten, Dense(2)]",
        "[Input(Dim.Any, 5), GRU(4, Dropout = 0.3, RecurrentDropout = 0.2, Seed = 9), Dense(2)]",
        "[Input(37), RMSNormalization, Dense(18), UnitNormalization, Dense(2)]",
        "[Input(21), Dense(18, Activation = Activation.Tanh, ActivityRegularizer = \"L1L2(0.1, 0.2)\"), ActivityRegularization(L2 = 0.3), Dense(3, Activation = Activation.Softmax, ActivityRegularizer = \"L1\")]",
        "[Input(Dim.Any, 5), Conv1D(18, 3, Padding = Padding.Same, ActivityRegularizer = \"L1(0.2)\"), Dense(3, TimeDistributed = true, ActivityRegularizer = \"L2(0.2)\"), GRU(4, Bidirectional = Merge.Concat, ActivityRegularizer = \"L1(0.3)\"), Dense(2)]",
        "[Input(Dim.Any, 6), MultiHeadAttention(2, 3, ActivityRegularizer = \"L2(0.1)\"), GroupQueryAttention(3, 2, 1, ActivityRegularizer = \"L1(0.1)\"), Dense(2)]",
        "[Input(7, 6, 3), Conv2D(17, 3, ActivityRegularizer = \"L2(0.1)\", Trainable = false), BatchNormalization, ReLU, GlobalAveragePooling2D, Dense(2)]",
        .. LayerSamples.Replacing,
        "[Input(35), Dense(33, SpectralNormalization = 2, Activation = Activation.ReLU), Dense(17, SpectralNormalization = 1)]",
        "[Input(9, 8, 4), Conv2D(16, 3, SpectralNormalization = 1, Padding = Padding.Same), Conv2D(5, 3, Strides = 2, SpectralNormalization = 1), Flatten, Dense(2)]",
    ];

    private static readonly Lazy<EmittedBatch> Batch = new(() => EmittedBatch.Of(Tapes));

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, Tapes.Length)];

    [Theory]
    [MemberData(nameof(Indices))]
    public void Agrees_with_the_interpreter(int index)
    {
        EmittedNet net = Batch.Value.Nets[index];
        foreach ((int samples, int time) in new[] { (1, 4), (3, 7), (19, 5) })
        {
            NetData data = new(samples, time) { Make = Tokens };
            NetCheck.Inference(net, data, NetCheck.Net);
            NetCheck.Training(net, data, NetCheck.Net);
            NetCheck.Parts(net, data);
        }

        if (net.Toggles.Count > 0)
        {
            NetCheck.Training(net, new NetData(3) { Make = Tokens, Live = _ => false }, NetCheck.Net);
        }

        static double? Tokens(Value value, int element) => value.Type.Element == ElementType.Int32 && value.Kind == ValueKind.Input ? element % 3 : null;
    }

    [Theory]
    [InlineData("[Input(4), Dense(3, ActivityRegularizer = \"L2(0.3)\"), ActivityRegularization(L1 = 0.1), Dense(2)]")]
    [InlineData("[Input(Dim.Any, 4), LSTM(3, ReturnSequences = true, ReturnState = true, ActivityRegularizer = \"L1L2(0.1, 0.3)\"), Dense(2, TimeDistributed = true, ActivityRegularizer = \"L2\")]")]
    [InlineData("[Input(Dim.Any, 4), MultiHeadAttention(2, 3, ActivityRegularizer = \"L2(0.1)\"), GroupQueryAttention(3, 2, 1, ActivityRegularizer = \"L2(0.1)\")]")]
    public void The_gradient_of_penalties_agrees_with_finite_differences(string tape)
    {
        Graph graph = TapeText.Graph(tape, training: true);
        TrainingGraph.AppendGradients(graph);
        NetData data = new(2);
        double[] Zero(Value v) => new double[data.Count(v, graph)];
        Interpreter interpreter = Set(null, 0, 0);
        foreach (StateUpdate update in graph.ParameterGradients)
        {
            double[] gradient = interpreter.Get(update.NewValue).Data;
            for (int i = 0; i < gradient.Length; i++)
            {
                double numeric = (Penalty(Set(update.State, i, 1e-6)) - Penalty(Set(update.State, i, -1e-6))) / 2e-6;
                Assert.Equal(numeric, gradient[i], 1e-6 * Math.Max(1, Math.Abs(numeric)));
            }
        }

        double Penalty(Interpreter run) => run.Get(graph.Penalty!).Data.Sum();

        Interpreter Set(Value? moved, int element, double step)
        {
            Interpreter run = new(data.SizesOf(graph));
            foreach (Value value in graph.Values.Where(v => v.Kind is not (ValueKind.Computed or ValueKind.Constant)))
            {
                double[] elements = value.Kind != ValueKind.Gradient ? [.. data.Of(value, graph)] : [.. Zero(value).Select(_ => value.Name == "d_penalty" ? 1.0 : 0)];
                elements[moved == value ? element : 0] += moved == value ? step : 0;
                run.Set(value, elements);
            }

            run.Run(graph);
            return run;
        }
    }

    [Fact]
    public void A_penalty_is_the_sum_over_all_elements_without_steps_that_do_not_count()
    {
        Graph graph = TapeText.Graph("[Input(Dim.Any, 2), ActivityRegularization(L1 = 0.5, L2 = 2), GlobalAveragePooling1D]", training: true);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 2, ["t"] = 2 });
        interpreter.Set(graph.Inputs[0], [1, -2, 3, 4, 5, -6, 7, 8]);
        interpreter.Set(graph.Values.Single(v => v.Kind == ValueKind.Lengths), [2, 1]);
        interpreter.Run(graph);
        Assert.Equal([(0.5 * 10) + (2 * 30), (0.5 * 11) + (2 * 61)], interpreter.Get(graph.Penalty!).Data);
        Assert.Null(TapeText.Graph("[Input(Dim.Any, 2), ActivityRegularization(L1 = 0.5, L2 = 2), GlobalAveragePooling1D]").Penalty);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void A_kernel_is_divided_by_its_largest_singular_value_and_gradients_are_of_the_quotient(int iterations)
    {
        Graph graph = TapeText.Graph($"[Input(4), Dense(3, SpectralNormalization = {iterations})]", training: true), plain = TapeText.Graph("[Input(4), Dense(3)]", training: true);
        TrainingGraph.AppendGradients(graph);
        TrainingGraph.AppendGradients(plain);
        NetData data = new(5);
        Reference run = Reference.Run(graph, data);
        Value[] parameters = [.. graph.Parameters];
        (double[] w, double[] u) = ((double[])data.Of(parameters[0], graph).Clone(), data.Of(parameters[1], graph));
        double sigma = 0;
        for (int i = 0; i < iterations; i++)
        {
            double[] v = Unit([.. Enumerable.Range(0, 4).Select(r => Enumerable.Range(0, 3).Sum(c => w[(r * 3) + c] * u[c]))]);
            double[] product = [.. Enumerable.Range(0, 3).Select(c => Enumerable.Range(0, 4).Sum(r => w[(r * 3) + c] * v[r]))];
            u = Unit(product);
            sigma = product.Zip(u, (a, b) => a * b).Sum();
        }

        double[] quotient = [.. w.Select(x => x / sigma)];
        AssertNear(quotient, run[graph.Updates.Single(x => x.State == parameters[0]).NewValue]);
        AssertNear(u, run[graph.Updates.Single(x => x.State == parameters[1]).NewValue]);

        Interpreter expected = new(data.SizesOf(plain));
        foreach (Value value in plain.Values.Where(x => x.Kind is not (ValueKind.Computed or ValueKind.Constant)))
        {
            expected.Set(value, value.Name == "dense/kernel" ? quotient : data.Of(value, plain));
        }

        expected.Run(plain);
        AssertNear(expected.Get(plain.Outputs[0].Value).Data, run[graph.Outputs[0].Value]);
        foreach (StateUpdate gradient in plain.ParameterGradients)
        {
            AssertNear(expected.Get(gradient.NewValue).Data, run[graph.ParameterGradients.Single(x => x.State.Name == gradient.State.Name).NewValue]);
        }

        static double[] Unit(double[] x) => [.. x.Select(a => a / Math.Sqrt(x.Sum(b => b * b)))];

        static void AssertNear(double[] a, double[] b) => Assert.All(a.Zip(b), p => Assert.Equal(p.First, p.Second, 1e-12));
    }

    /// <summary>Keras multiplies a vector by 1e7 at most to make its length 1.</summary>
    [Fact]
    public void A_vector_that_is_almost_zero_is_made_longer_by_1e7_at_most()
    {
        const double Small = 1.0 / (1 << 30);
        Graph graph = TapeText.Graph("[Input(1), Dense(1, SpectralNormalization = 1)]", training: true);
        NetData data = new(1) { Make = (v, _) => v.Name == "dense/kernel" ? Small : 1 };
        Reference run = Reference.Run(graph, data);
        double v = Small * 1e7, product = Small * v, u = product * 1e7;
        Assert.Equal(u, run[graph.Updates.Single(x => x.State.Name == "dense/vector_u").NewValue].Single(), 1e-12 * u);
        double quotient = Small / (product * u);
        Assert.Equal(quotient, run[graph.Updates.Single(x => x.State.Name == "dense/kernel").NewValue].Single(), 1e-12 * quotient);
    }

    [Fact]
    public void A_kernel_of_zeros_stays()
    {
        Graph graph = TapeText.Graph("[Input(2), Dense(2, SpectralNormalization = 1)]", training: true);
        NetData data = new(1) { Make = (v, _) => v.Name == "dense/kernel" ? 0 : 0.5 };
        Reference run = Reference.Run(graph, data);
        Assert.All(graph.Updates, u => Assert.Equal(data.Of(u.State, graph), run[u.NewValue]));
    }

    [Theory]
    [InlineData("[Input(4), AlphaDropout(1.0)]", "Rate", "below 1")]
    [InlineData("[Input(4), GaussianDropout(1)]", "Rate", "below 1")]
    [InlineData("[Input(4), GaussianNoise(1.5)]", "Stddev", "at most 1")]
    [InlineData("[Input(4), Dense(2, ActivityRegularizer = \"OrthogonalRegularizer\")]", "ActivityRegularizer", "L1L2", "OrthogonalRegularizer")]
    [InlineData("[Input(4), Dense(2, ActivityRegularizer = \"L3\")]", "ActivityRegularizer", "L3")]
    [InlineData("[Input(4, 2), GRU(2, Bidirectional = Merge.Sum, ActivityRegularizer = \"L1\")]", "ActivityRegularizer", "Merge.Concat")]
    [InlineData("[Input(4, Name = \"x\"), Ops.Parameter(4, ActivityRegularizer = \"L1\", Name = \"p\"), Add(\"x\", \"p\")]", null, "same for all")]
    [InlineData("[Input(4), ActivityRegularization(L1 = -1)]", "L1", "at least 0")]
    [InlineData("[Input(4), Dense(2, SpectralNormalization = 0)]", "SpectralNormalization", "at least 1")]
    [InlineData("[Input(4), Dense(2, SpectralNormalization = 101)]", "SpectralNormalization", "at most 100")]
    [InlineData("[Input(4, 3), UnitNormalization(0)]", "Axis", "batch")]
    public void What_does_not_fit_is_told_on_its_argument(string tape, string? argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems.First();
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }
}
