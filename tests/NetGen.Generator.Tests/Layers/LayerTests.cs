namespace NetGen.Generator.Tests;

public sealed class LayerTests
{
    public static TheoryData<string> Tapes => [.. LayerSamples.All];

    public static TheoryData<string> AllTapes => [.. LayerSamples.All, .. LayerSamples.Replacing];

    [Theory]
    [MemberData(nameof(Tapes))]
    public void Gradients_in_training_agree_with_finite_differences(string tape)
    {
        Graph graph = TapeText.Graph(tape, training: true);
        Value[] wanted = [.. graph.Inputs.Where(i => i.Type.Element == ElementType.Float32), .. graph.Parameters.Where(p => p.Parameter!.Trainable)];
        Differences.Check(graph, wanted, OpSamples.Sizes, tolerance: 1e-5);
    }

    [Theory]
    [MemberData(nameof(AllTapes))]
    public void Inference_runs_with_the_parameters_of_training(string tape)
    {
        Graph graph = TapeText.Graph(tape);
        Assert.Equal(TapeText.Graph(tape, training: true).Parameters.Select(p => p.Parameter), graph.Parameters.Select(p => p.Parameter));
        Interpreter interpreter = new(OpSamples.Sizes);
        foreach (Value value in graph.Inputs.Concat(graph.Parameters).Concat(graph.States))
        {
            bool isWhole = value.Type.Element == ElementType.Int32;
            interpreter.Set(value, [.. Enumerable.Range(0, Differences.Count(value, OpSamples.Sizes)).Select(i => isWhole ? i % 2 : Differences.Uniform(value.Id, i))]);
        }

        interpreter.Run(graph);
        Assert.All(interpreter.Get(graph.Outputs[0].Value).Data, x => Assert.True(double.IsFinite(x)));
    }

    [Fact]
    public void Every_layer_has_a_sample()
    {
        HashSet<string> sampled = [.. LayerSamples.All.SelectMany(t => TapeText.Parse(t).Elements.Select(e => e.Kind))];
        Assert.Empty(LayerTable.All.Select(l => l.Kind).Except(sampled));
    }

    [Fact]
    public void The_table_has_the_activations_of_the_runtime_and_no_others() => Assert.Equal(Enum.GetNames<Activation>().Order(), ActivationTable.Names.Order());

    [Fact]
    public void A_frozen_BatchNormalization_runs_in_inference_mode_and_keeps_its_averages()
    {
        const string tape = "[Input(3), BatchNormalization(Trainable = false)]";
        Dictionary<string, long> sizes = new() { ["n"] = 4 };
        double[] x = [.. Enumerable.Range(0, 12).Select(i => Differences.Uniform(0, i))];
        double[] Run(bool training, double live, out double[] mean)
        {
            Graph graph = TapeText.Graph(tape, training: training);
            Interpreter interpreter = new(sizes);
            interpreter.Set(graph.Inputs[0], x);
            foreach (Value parameter in graph.Parameters)
            {
                interpreter.Set(parameter, [0.5, 1.5, 2.5]);
            }

            foreach (Value toggle in graph.Toggles)
            {
                interpreter.Set(toggle, [live]);
            }

            interpreter.Run(graph);
            mean = training ? interpreter.Get(graph.Updates[0].NewValue).Data : [];
            return interpreter.Get(graph.Outputs[0].Value).Data;
        }

        double[] inference = Run(training: false, 0, out _);
        Assert.Equal(inference, Run(training: true, 0, out double[] kept), (a, b) => Math.Abs(a - b) < 1e-12);
        Assert.Equal([0.5, 1.5, 2.5], kept);
        Assert.NotEqual(inference, Run(training: true, 1, out double[] moved));
        Assert.Equal((0.99 * 0.5) + (0.01 * (x[0] + x[3] + x[6] + x[9]) / 4), moved[0], 12);
    }

    [Fact]
    public void A_BatchNormalization_applied_twice_moves_its_averages_twice()
    {
        Graph graph = TapeText.Graph("[Input(1), BatchNormalization(Momentum = 0.5, Name = \"b\"), Reuse(\"b\")]", training: true);
        Assert.Equal(["b/moving_mean", "b/moving_variance"], graph.Updates.Select(u => u.State.Name));
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 2 });
        interpreter.Set(graph.Inputs[0], [1, 3]);
        foreach (Value parameter in graph.Parameters)
        {
            interpreter.Set(parameter, [8]);
        }

        // The first batch has the mean 2; the second is the first one's output, whose mean is beta.
        interpreter.Run(graph);
        Assert.Equal((((8 + 2) / 2.0) + 8) / 2, interpreter.Get(graph.Updates[0].NewValue).Data[0], 12);
    }

    /// <summary>With a seed of its own a layer draws the same wherever it stands; applied again it goes on.</summary>
    [Theory]
    [InlineData("[Input(50), Dropout(0.5, Seed = 7)]", "uniform0_of_seed7")]
    [InlineData("[Input(50), Dropout(0.2), Dropout(0.5, Seed = 7), Dropout(0.2)]", "uniform0", "uniform0_of_seed7", "uniform2")]
    [InlineData("[Input(50), Dropout(0.5, Seed = 7), Reuse(\"dropout\"), Dropout(0.3, Seed = 7)]", "uniform0_of_seed7", "uniform1_of_seed7")]
    public void A_layer_with_a_seed_draws_the_same_wherever_it_stands(string tape, params string[] expected)
    {
        Graph graph = TapeText.Graph(tape, training: true);
        IEnumerable<Expr> draws = graph.Nodes.Select(n => n.Op).OfType<Map>().SelectMany(m => m.Body).SelectMany(b => b.Subexpressions()).Where(e => e is UniformExpr);
        Assert.Equal(expected, draws.Select(d => d.ToString()).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Dropout_keeps_the_mean_and_one_stream_a_layer()
    {
        TapeResult result = TapeText.Build("[Input(5000), Dropout(0.25, Seed = 7), Dropout(0.5)]", training: true);
        Assert.Equal([new RandomStream(0, "dropout", 7), new RandomStream(1, "dropout_1", null)], result.RandomStreams);
        Interpreter interpreter = new(new Dictionary<string, long> { ["n"] = 2 }, Differences.Uniform);
        interpreter.Set(result.Graph.Inputs[0], [.. Enumerable.Repeat(1.0, 10000)]);
        interpreter.Run(result.Graph);
        double[] y = interpreter.Get(result.Graph.Outputs[0].Value).Data;
        Assert.All(y, v => Assert.True(v == 0 || Math.Abs(v - (8 / 3.0)) < 1e-12));
        Assert.InRange(y.Average(), 0.93, 1.07);
    }

    [Theory]
    [InlineData("[Input(4), Reshape(3, -1)]", "(4)", "(3, -1)")]
    [InlineData("[Input(4), Concatenate(\"input\", \"input\", Axis = 0)]", "Axis", "batch")]
    [InlineData("[Input(3), GLU]", "(n, 3)", "even")]
    [InlineData("[Input(3), Rescaling(new[] { 1.0, 2.0 })]", "2 numbers", "3")]
    [InlineData("[Input(3, Dim.Any)]", "Dim.Any", "time")]
    [InlineData("[Input(Dim.Any, 3), Flatten, Dense(2)]", "constant sizes", "(n, 3*t)")]
    [InlineData("[Input(3), Dropout(1.5)]", "at most 1", "1.5")]
    [InlineData("[Input(3), Normalization(Mean = 1.0)]", "Mean", "Variance")]
    [InlineData("[Input(3), Dense(2.5)]", "integer", "2.5")]
    [InlineData("[Input(4, 5, 3), Conv2D(2, 5, 2)]", "filter (5, 2)", "map (4, 5)", "(n, 4, 5, 3)")]
    [InlineData("[Input(3, 4, 5), Conv2D(2, 3, DilationRate = 2, DataFormat = DataFormat.ChannelsFirst)]", "filter (3, 3) with dilations (2, 2)", "map (4, 5)", "(n, 3, 4, 5)")]
    [InlineData("[Input(4, 5, 3), Conv2D(2, 3, Strides = new[] { 1, 2 }, DilationRate = 2)]", "strides (1, 2)", "dilations (2, 2)")]
    [InlineData("[Input(4, 5, 6), Conv2D(4, 1, Groups = 3)]", "6 channels of (n, 4, 5, 6)", "4 filters")]
    [InlineData("[Input(5), Conv1D(4, 1)]", "rank 3", "(n, 5)")]
    [InlineData("[Input(4, 5), Conv1DTranspose(4, 1, Strides = 3, OutputPadding = 3)]", "(3)", "below the strides (3)")]
    [InlineData("[Input(4, 5, 6), Cropping2D(2, 1, 0, 5)]", "0 and 5 off axis 2", "(n, 4, 5, 6)")]
    [InlineData("[Input(4, 5, 6), ZeroPadding2D(1, 2, 3)]", "or 4", "not 3")]
    [InlineData("[Input(4, 5), Permute(0, 1)]", "from 1 to 2", "(0, 1)")]
    public void Problems_tell_what_was_found_and_expected(string tape, params string[] parts)
    {
        TapeResult result = TapeText.Build(tape);
        Assert.All(parts, p => Assert.Contains(p, result.Problems[0].Message, StringComparison.Ordinal));
    }
}
