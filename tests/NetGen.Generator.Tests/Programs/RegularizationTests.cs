namespace NetGen.Generator.Tests;

/// <summary>Noise, penalties on activities and spectral normalization: as emitted against the interpreter, and the formulas themselves.</summary>
public sealed class RegularizationTests
{
    private static readonly string[] Tapes =
    [
        "[Input(37), GaussianNoise(0.3), Dense(19), GaussianDropout(0.4), Dense(2)]",
        "[Input(5, 21), AlphaDropout(0.2), Dense(17), AlphaDropout(0.4, NoiseShape = new[] { -1, 1, 17 }), GaussianNoise(0.1), Dense(2)]",
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

    [Fact]
    public void Noise_is_normal()
    {
        Graph graph = TapeText.Graph("[Input(20000), GaussianNoise(0.5)]", training: true);
        double[] z = [.. Run(graph, _ => 0).Select(v => v / 0.5)];
        double mean = z.Average(), variance = z.Average(v => v * v);
        Assert.InRange(mean, -0.03, 0.03);
        Assert.InRange(variance, 0.96, 1.04);
        Assert.InRange(z.Average(v => v * v * v * v), 2.7, 3.3);
        Assert.InRange(z.Count(v => Math.Abs(v) < 0.6744897501960817) / 20000.0, 0.485, 0.515);
        Assert.InRange(Enumerable.Range(0, 19999).Average(i => z[i] * z[i + 1]), -0.03, 0.03);

        double[] factors = Run(TapeText.Graph("[Input(20000), GaussianDropout(0.2)]", training: true), _ => 1);
        Assert.InRange(factors.Average(), 0.985, 1.015);
        Assert.InRange(factors.Average(v => (v - 1) * (v - 1)), 0.24, 0.26);
    }

    [Fact]
    public void AlphaDropout_keeps_mean_and_variance()
    {
        // Quantiles of a standard normal distribution, in an order of no meaning.
        Graph noise = TapeText.Graph("[Input(20000), GaussianNoise(1.0)]", training: true);
        double[] normal = Run(noise, _ => 0);
        double[] y = Run(TapeText.Graph("[Input(20000), AlphaDropout(0.3)]", training: true), i => normal[(i * 7919) % 20000]);
        Assert.InRange(y.Average(), -0.04, 0.04);
        Assert.InRange(y.Average(v => v * v), 0.95, 1.05);
        double dropped = y.GroupBy(v => Math.Round(v, 9)).Max(g => g.Count()) / 20000.0;
        Assert.InRange(dropped, 0.28, 0.32);
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

    [Fact]
    public void A_kernel_is_divided_by_its_largest_singular_value_and_gradients_are_of_the_quotient()
    {
        Graph graph = TapeText.Graph("[Input(4), Dense(3, SpectralNormalization = 2)]", training: true), plain = TapeText.Graph("[Input(4), Dense(3)]", training: true);
        TrainingGraph.AppendGradients(graph);
        TrainingGraph.AppendGradients(plain);
        NetData data = new(5);
        Reference run = Reference.Run(graph, data);
        Value[] parameters = [.. graph.Parameters];
        (double[] w, double[] u) = ((double[])data.Of(parameters[0], graph).Clone(), data.Of(parameters[1], graph));
        double sigma = 0;
        for (int i = 0; i < 2; i++)
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
    [InlineData("[Input(4, 3), UnitNormalization(0)]", "Axis", "batch")]
    public void What_does_not_fit_is_told_on_its_argument(string tape, string? argument, params string[] parts)
    {
        Problem problem = TapeText.Build(tape).Problems.First();
        Assert.Equal(argument, problem.Argument);
        Assert.All(parts, p => Assert.Contains(p, problem.Message, StringComparison.Ordinal));
    }

    private static double[] Run(Graph graph, Func<int, double> input)
    {
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 1 }, (stream, element) => Philox.Uniform(5, (uint)stream, 2, element));
        interpreter.Set(graph.Inputs[0], [.. Enumerable.Range(0, 20000).Select(input)]);
        interpreter.Run(graph);
        return interpreter.Get(graph.Outputs[0].Value).Data;
    }
}
